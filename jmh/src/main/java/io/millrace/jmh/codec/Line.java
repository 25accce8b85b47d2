package io.millrace.jmh.codec;

import java.io.Serializable;

/**
 * One line of an order.
 *
 * @param article what
 * @param count how many
 * @param cents the price of one
 */
record Line(String article, int count, long cents) implements Serializable {}
