package io.millrace.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How often an activity that failed is tried again, and how long to wait before that. Immutable;
 * begin with {@link #attempts} and keep it in a constant. The wait is a durable timer: it survives
 * restarts and is never cut short.
 *
 * <pre>{@code
 * RetryPolicy.attempts(5)
 *     .withFirstDelay(Duration.ofMillis(200))
 *     .withFactor(2)
 *     .withMaxDelay(Duration.ofMinutes(1))
 *     .neverOn(IllegalArgumentException.class)
 * }</pre>
 *
 * <p>The wait before attempt <i>n</i> + 1 is {@code firstDelay * factor^(n - 1)}, at most {@code
 * maxDelay}. An exception counts as one of a class if it is of that class or a subclass of it; the
 * classes are kept by name, so that no user's class is ever loaded to read a history. What is kept
 * with a call is the policy of the moment it was made; changing it in the code has no effect on
 * calls that are open.
 *
 * @param maxAttempts how often it runs at most, the first time included, from 1
 * @param firstDelay how long to wait before the second attempt; not negative
 * @param factor by how much each wait is longer than the one before, from 1
 * @param maxDelay the longest wait; not shorter than {@code firstDelay}
 * @param retryOn the names of the exception classes that are tried again; empty for all
 * @param neverOn the names of the exception classes that are not, whatever {@code retryOn} says
 * @param timeoutsRetried whether an attempt that timed out, or whose heartbeat stopped, is tried
 *     again
 */
public record RetryPolicy(
    int maxAttempts,
    Duration firstDelay,
    double factor,
    Duration maxDelay,
    List<String> retryOn,
    List<String> neverOn,
    boolean timeoutsRetried) {

  /** How many attempts a policy may allow. */
  public static final int ATTEMPTS_MAX = 1_000_000;

  /** The longest delay that a policy may name: ten years. */
  public static final Duration DELAY_MAX = Duration.ofDays(3_653);

  /** How many exception classes each of the lists may name. */
  public static final int CLASSES_MAX = 64;

  /**
   * Checks the ranges and copies the lists.
   *
   * @throws IllegalArgumentException if a number or delay lies outside its range
   * @throws NullPointerException if anything is null
   */
  public RetryPolicy {
    if (maxAttempts < 1 || maxAttempts > ATTEMPTS_MAX) {
      throw new IllegalArgumentException(
          "expected 1 to " + ATTEMPTS_MAX + " attempts, maxAttempts=" + maxAttempts);
    }
    Delays.require("firstDelay", firstDelay, Duration.ZERO);
    Delays.require("maxDelay", maxDelay, firstDelay);
    if (!(factor >= 1 && factor <= 1_000)) {
      throw new IllegalArgumentException("expected a factor from 1 to 1000, factor=" + factor);
    }
    retryOn = List.copyOf(retryOn);
    neverOn = List.copyOf(neverOn);
    if (retryOn.size() > CLASSES_MAX || neverOn.size() > CLASSES_MAX) {
      throw new IllegalArgumentException(
          "expected at most "
              + CLASSES_MAX
              + " exception classes, retryOn="
              + retryOn.size()
              + " neverOn="
              + neverOn.size());
    }
  }

  /**
   * Returns a policy of so many attempts, the first included: the second after 1 s, each further
   * wait twice the one before, at most a minute; whatever the exception, timeouts too.
   *
   * @param maxAttempts from 1; 1 is no retry
   * @throws IllegalArgumentException if it lies outside its range
   */
  public static RetryPolicy attempts(int maxAttempts) {
    return new RetryPolicy(
        maxAttempts, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), List.of(), List.of(), true);
  }

  /**
   * Returns a policy with another wait before the second attempt. A longest wait that is shorter
   * becomes as long.
   *
   * @throws IllegalArgumentException if it is negative or longer than {@link #DELAY_MAX}
   */
  public RetryPolicy withFirstDelay(Duration delay) {
    Duration longest = delay.compareTo(maxDelay) > 0 ? delay : maxDelay;
    return new RetryPolicy(maxAttempts, delay, factor, longest, retryOn, neverOn, timeoutsRetried);
  }

  /**
   * Returns a policy with another factor between one wait and the next.
   *
   * @throws IllegalArgumentException if it is below 1 or above 1000
   */
  public RetryPolicy withFactor(double other) {
    return new RetryPolicy(
        maxAttempts, firstDelay, other, maxDelay, retryOn, neverOn, timeoutsRetried);
  }

  /**
   * Returns a policy with another longest wait.
   *
   * @throws IllegalArgumentException if it is shorter than the first, or longer than {@link
   *     #DELAY_MAX}
   */
  public RetryPolicy withMaxDelay(Duration delay) {
    return new RetryPolicy(
        maxAttempts, firstDelay, factor, delay, retryOn, neverOn, timeoutsRetried);
  }

  /**
   * Returns a policy that tries again only on exceptions of these classes, beside those named
   * before.
   */
  @SafeVarargs
  public final RetryPolicy retryOn(Class<? extends Throwable>... types) {
    List<String> names = new ArrayList<>(retryOn);
    for (Class<?> type : types) {
      names.add(type.getName());
    }
    return new RetryPolicy(
        maxAttempts, firstDelay, factor, maxDelay, distinct(names), neverOn, timeoutsRetried);
  }

  /**
   * Returns a policy that does not try again on exceptions of these classes, beside those named
   * before.
   */
  @SafeVarargs
  public final RetryPolicy neverOn(Class<? extends Throwable>... types) {
    List<String> names = new ArrayList<>(neverOn);
    for (Class<?> type : types) {
      names.add(type.getName());
    }
    return new RetryPolicy(
        maxAttempts, firstDelay, factor, maxDelay, retryOn, distinct(names), timeoutsRetried);
  }

  /** Returns a policy that says whether an attempt that timed out is tried again. */
  public RetryPolicy withTimeoutsRetried(boolean retried) {
    return new RetryPolicy(maxAttempts, firstDelay, factor, maxDelay, retryOn, neverOn, retried);
  }

  private static List<String> distinct(List<String> names) {
    return names.stream().distinct().toList();
  }
}
