package io.millrace.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * How a pool of activities is set up (C7). Immutable; begin with {@link #size} or {@link #virtual}.
 *
 * <pre>{@code
 * builder.pool("mail", PoolOptions.size(4).withRatePerSecond(10));
 * }</pre>
 *
 * @param size how many of its activities run at once at most, 1 to 10,000
 * @param virtualThreads whether each runs on a virtual thread of its own
 * @param ratePerSecond how many are started in a second at most; 0 for no limit. Starts are evenly
 *     spaced, first in first out; one that was late is made up for within 100 ms, so any span of t
 *     seconds sees at most {@code rate * (t + 0.1) + 1} starts
 * @param interruptGrace how long an activity whose result is no longer wanted is left to itself
 *     after it was told, before its thread is interrupted
 * @param heartbeatInterval how often the details of heartbeats are written down at most; what comes
 *     in between waits for the end of the interval, and only the latest is written
 */
public record PoolOptions(
    int size,
    boolean virtualThreads,
    double ratePerSecond,
    Duration interruptGrace,
    Duration heartbeatInterval) {

  private static final int SIZE_MAX = 10_000;
  private static final double RATE_MIN = 1.0 / 86_400;
  private static final double RATE_MAX = 1_000_000;
  private static final Duration WAIT_MAX = Duration.ofDays(1);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Checks the ranges. */
  public PoolOptions {
    if (size < 1 || size > SIZE_MAX) {
      throw new IllegalArgumentException(
          "a pool must have between 1 and " + SIZE_MAX + " threads, size=" + size);
    }
    if (ratePerSecond != 0 && !(ratePerSecond >= RATE_MIN && ratePerSecond <= RATE_MAX)) {
      throw new IllegalArgumentException(
          "expected a rate between one a day and 1,000,000 a second, or 0 for none, ratePerSecond="
              + ratePerSecond);
    }
    requireWait("interruptGrace", interruptGrace);
    requireWait("heartbeatInterval", heartbeatInterval);
  }

  private static void requireWait(String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (value.isNegative() || value.compareTo(WAIT_MAX) > 0) {
      throw new IllegalArgumentException(
          name + " must lie between 0 and " + WAIT_MAX + ", " + name + "=" + value);
    }
  }

  /** Returns a pool of so many threads. */
  public static PoolOptions size(int threads) {
    return new PoolOptions(threads, false, 0, GRACE, INTERVAL);
  }

  /**
   * Returns a pool whose activities each run on a virtual thread, where the Java runtime has them
   * (21 and later); on an older one it has as many platform threads instead, and opening reports
   * it.
   *
   * @param most how many run at once
   */
  public static PoolOptions virtual(int most) {
    return new PoolOptions(most, true, 0, GRACE, INTERVAL);
  }

  /** Returns options that differ in {@link #size}. */
  public PoolOptions withSize(int most) {
    return new PoolOptions(most, virtualThreads, ratePerSecond, interruptGrace, heartbeatInterval);
  }

  /** Returns options that differ in {@link #virtualThreads}. */
  public PoolOptions withVirtualThreads(boolean virtual) {
    return new PoolOptions(size, virtual, ratePerSecond, interruptGrace, heartbeatInterval);
  }

  /** Returns options that differ in {@link #ratePerSecond}. */
  public PoolOptions withRatePerSecond(double rate) {
    return new PoolOptions(size, virtualThreads, rate, interruptGrace, heartbeatInterval);
  }

  /** Returns options that differ in {@link #interruptGrace}. */
  public PoolOptions withInterruptGrace(Duration grace) {
    return new PoolOptions(size, virtualThreads, ratePerSecond, grace, heartbeatInterval);
  }

  /** Returns options that differ in {@link #heartbeatInterval}. */
  public PoolOptions withHeartbeatInterval(Duration interval) {
    return new PoolOptions(size, virtualThreads, ratePerSecond, interruptGrace, interval);
  }
}
