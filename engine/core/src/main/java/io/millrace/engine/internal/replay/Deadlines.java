package io.millrace.engine.internal.replay;

import java.time.Duration;
import java.time.Instant;

/** Turns the user's times into Unix milliseconds: never early, never past what a long holds. */
final class Deadlines {

  private Deadlines() {}

  /**
   * Returns a time after another, Unix time, rounded up.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  static long after(long nowMillis, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("expected no negative duration, duration=" + duration);
    }
    try {
      long millis = duration.toMillis();
      boolean exact = duration.equals(Duration.ofMillis(millis));
      return Math.addExact(nowMillis, exact ? millis : Math.addExact(millis, 1));
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Returns a time as Unix time, rounded up. */
  static long at(Instant deadline) {
    try {
      long millis = deadline.toEpochMilli();
      boolean exact = deadline.equals(Instant.ofEpochMilli(millis));
      return exact ? millis : Math.addExact(millis, 1);
    } catch (ArithmeticException e) {
      return deadline.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
