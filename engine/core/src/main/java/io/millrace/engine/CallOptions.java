package io.millrace.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one call of an activity is made: whether it is tried again, and how long it may take.
 * Immutable; begin with {@link #DEFAULTS} and keep it in a constant.
 *
 * <pre>{@code
 * static final CallOptions PATIENT =
 *     CallOptions.DEFAULTS
 *         .withRetry(RetryPolicy.attempts(5))
 *         .withStartToClose(Duration.ofSeconds(30))
 *         .withScheduleToClose(Duration.ofHours(1));
 * }</pre>
 *
 * <p>What ends by one of these times fails with {@code Failure.TimedOut}. Times are kept in whole
 * milliseconds, rounded up.
 *
 * @param retry how it is tried again, null for not at all
 * @param startToClose how long one attempt may run, null for as long as it takes
 * @param scheduleToClose how long the call may take from being asked for to its end, waits in the
 *     queue and between attempts included; null for as long as it takes. Not retried
 * @param heartbeat how long an attempt may be silent between heartbeats, null for as long as it
 *     likes
 */
public record CallOptions(
    @Nullable RetryPolicy retry,
    @Nullable Duration startToClose,
    @Nullable Duration scheduleToClose,
    @Nullable Duration heartbeat) {

  /** One attempt, no time limits. */
  public static final CallOptions DEFAULTS = new CallOptions(null, null, null, null);

  private static final Duration SHORTEST = Duration.ofMillis(1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a time is below 1 ms or above {@link RetryPolicy#DELAY_MAX}
   */
  public CallOptions {
    check("startToClose", startToClose);
    check("scheduleToClose", scheduleToClose);
    check("heartbeat", heartbeat);
  }

  /** Returns options with a retry policy. */
  public CallOptions withRetry(RetryPolicy policy) {
    return new CallOptions(policy, startToClose, scheduleToClose, heartbeat);
  }

  /**
   * Returns options with a limit on each attempt.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above {@link RetryPolicy#DELAY_MAX}
   */
  public CallOptions withStartToClose(Duration limit) {
    return new CallOptions(retry, limit, scheduleToClose, heartbeat);
  }

  /**
   * Returns options with a limit on the whole call.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above {@link RetryPolicy#DELAY_MAX}
   */
  public CallOptions withScheduleToClose(Duration limit) {
    return new CallOptions(retry, startToClose, limit, heartbeat);
  }

  /**
   * Returns options with a limit on the silence between heartbeats.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above {@link RetryPolicy#DELAY_MAX}
   */
  public CallOptions withHeartbeat(Duration limit) {
    return new CallOptions(retry, startToClose, scheduleToClose, limit);
  }

  private static void check(String name, @Nullable Duration limit) {
    if (limit != null) {
      Delays.require(name, limit, SHORTEST);
    }
  }
}
