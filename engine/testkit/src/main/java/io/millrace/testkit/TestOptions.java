package io.millrace.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How a {@link TestEngine} behaves. Immutable; begin with {@link #DEFAULTS}.
 *
 * @param start what the clock shows at first
 * @param patience how long, in real time, the engine may be busy at one moment of virtual time
 *     before the test fails
 * @param skipsMax how often one call may turn the clock before the test fails; what goes on for
 *     ever ends there
 * @param oneAtATime whether turns and activities begin one after the other, in the order in which
 *     they became possible, so that every run of a test gives the same history
 */
public record TestOptions(Instant start, Duration patience, int skipsMax, boolean oneAtATime) {

  /** The first of January 2026, 30 s, 100,000 turns of the clock, one at a time. */
  public static final TestOptions DEFAULTS =
      new TestOptions(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofSeconds(30), 100_000, true);

  /** Checks each value. */
  public TestOptions {
    Objects.requireNonNull(start, "start");
    if (patience.isNegative() || patience.isZero() || skipsMax < 1) {
      throw new IllegalArgumentException(
          "expected patience and skipsMax above zero, patience="
              + patience
              + " skipsMax="
              + skipsMax);
    }
  }

  /** Returns options that differ in what the clock shows at first. */
  public TestOptions withStart(Instant other) {
    return new TestOptions(other, patience, skipsMax, oneAtATime);
  }

  /** Returns options that differ in how long the engine may be busy, in real time. */
  public TestOptions withPatience(Duration other) {
    return new TestOptions(start, other, skipsMax, oneAtATime);
  }

  /** Returns options that differ in how often one call may turn the clock. */
  public TestOptions withSkipsMax(int other) {
    return new TestOptions(start, patience, other, oneAtATime);
  }

  /** Returns options under which turns and activities run at once, in any order. */
  public TestOptions withConcurrency() {
    return new TestOptions(start, patience, skipsMax, false);
  }
}
