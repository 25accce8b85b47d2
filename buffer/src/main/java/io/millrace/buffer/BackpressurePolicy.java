package io.millrace.buffer;

import java.time.Duration;

/** What becomes of a client's command for which there is no room just now (rule R24). */
public sealed interface BackpressurePolicy {

  /**
   * The calling thread waits for room, in order of arrival; once the time is over it gets a {@link
   * BackpressureException}.
   *
   * @param timeout from 1 ms to 1 hour
   */
  static BackpressurePolicy block(Duration timeout) {
    return new Block(timeout);
  }

  /** The call fails at once with a {@link BackpressureException}. */
  static BackpressurePolicy reject() {
    return new Reject();
  }

  /**
   * Reads {@code block(30s)} or {@code reject}. {@link #text} writes the same form.
   *
   * @throws IllegalArgumentException if it is none; says what is expected
   */
  static BackpressurePolicy parse(String text) {
    return BufferSettings.BACKPRESSURE_POLICY.parse(text);
  }

  /** Returns the form that {@link #parse} reads. */
  default String text() {
    return PolicyText.text(this);
  }

  /**
   * See {@link BackpressurePolicy#block}.
   *
   * @param timeout from 1 ms to 1 hour
   */
  record Block(Duration timeout) implements BackpressurePolicy {
    /** Checks the range. */
    public Block {
      Ranges.inRange(
          "backpressurePolicy.block", timeout, Duration.ofMillis(1), Duration.ofHours(1));
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** See {@link BackpressurePolicy#reject}. */
  record Reject() implements BackpressurePolicy {
    @Override
    public String toString() {
      return text();
    }
  }
}
