package io.millrace.engine.internal.runtime;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which of many equal faults are worth a line: the first of each cause, then the second,
 * the fourth, the eighth and so on. Any thread.
 */
final class FaultLog {

  /** A cause whose message differs each time must not fill the memory. */
  private static final int CAUSES_MAX = 64;

  private static final String OTHERS = "others";

  private final ConcurrentHashMap<String, Long> counts = new ConcurrentHashMap<>();

  /**
   * Counts a fault.
   *
   * @return how many of this cause there were by now, if that is to be logged; otherwise 0
   */
  long count(Throwable fault) {
    String cause = fault.toString();
    if (counts.size() >= CAUSES_MAX && !counts.containsKey(cause)) {
      cause = OTHERS;
    }
    long count = counts.merge(cause, 1L, Long::sum);
    return Long.bitCount(count) == 1 ? count : 0;
  }
}
