package io.millrace.engine.internal.runtime;

/**
 * How much is kept in memory.
 *
 * @param instancesMax how many live instances stay in memory though they are idle
 * @param timerHorizonMillis how far ahead the timers of other instances are in memory
 * @param queuedBytesMax about how many bytes instances with open activities hold for these
 */
public record Residency(int instancesMax, long timerHorizonMillis, long queuedBytesMax) {

  /** What holds if nothing else is said. */
  public static final Residency DEFAULTS = new Residency(100_000, 600_000, 64 << 20);

  /** Checks the ranges. */
  public Residency {
    check("residentInstancesMax", instancesMax, 0, Integer.MAX_VALUE);
    check("timerHorizonMillis", timerHorizonMillis, 1_000, 1L << 40);
    check("queuedBytesMax", queuedBytesMax, 0, 1L << 40);
  }

  private static void check(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must lie between " + min + " and " + max + ", " + name + "=" + value);
    }
  }
}
