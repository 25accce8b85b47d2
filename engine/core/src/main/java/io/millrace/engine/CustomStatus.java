package io.millrace.engine;

import org.jspecify.annotations.Nullable;

/**
 * What an instance's code says of itself.
 *
 * @param version how often it was set, from 1
 * @param value as set last
 * @param <T> its type
 */
public record CustomStatus<T extends @Nullable Object>(int version, T value) {}
