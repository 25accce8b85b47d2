package io.millrace.jmh.codec;

import java.io.Serializable;
import java.util.List;

/**
 * What a user might hand to an orchestration.
 *
 * @param id of the order
 * @param customer who ordered
 * @param express whether it is urgent
 * @param lines what was ordered; a list that Java serialization takes
 */
record Order(String id, String customer, boolean express, List<Line> lines)
    implements Serializable {}
