package io.millrace.jmh.flush;

/**
 * How far the store was behind at one moment of a load.
 *
 * @param millis since the load began
 * @param records appended and not in the store
 * @param lagMillis how long the oldest of them had waited, at most
 */
record LagSample(double millis, long records, double lagMillis) {}
