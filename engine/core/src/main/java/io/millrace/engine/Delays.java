package io.millrace.engine;

import java.time.Duration;
import java.util.Objects;

/** The rule for the times that users name: kept as milliseconds, and of a bounded length. */
final class Delays {

  private Delays() {}

  /**
   * Refuses a time that is shorter than another or longer than {@link RetryPolicy#DELAY_MAX}.
   *
   * @param name what it is called, for the message
   */
  static void require(String name, Duration delay, Duration least) {
    Objects.requireNonNull(delay, name);
    if (delay.compareTo(least) < 0 || delay.compareTo(RetryPolicy.DELAY_MAX) > 0) {
      throw new IllegalArgumentException(
          "expected "
              + name
              + " between "
              + least
              + " and "
              + RetryPolicy.DELAY_MAX
              + ", "
              + name
              + "="
              + delay);
    }
  }
}
