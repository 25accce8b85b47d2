package io.millrace.jmh.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What figures must reach.
 *
 * @param says the promise, in words
 * @param measured finds the value; empty if this run did not measure it
 * @param bound the least, or the most
 * @param atLeast whether the bound is the least
 */
public record Target(
    String says, Function<List<Figure>, OptionalDouble> measured, double bound, boolean atLeast) {

  /** Returns a target that the mean of a value reaches. */
  public static Target atLeast(double bound, String says, Find where, String label) {
    return new Target(says, figures -> where.mean(figures, label), bound, true);
  }

  /** Returns a target that the mean of a value does not pass. */
  public static Target atMost(double bound, String says, Find where, String label) {
    return new Target(says, figures -> where.mean(figures, label), bound, false);
  }

  /** Tells whether a value is good enough. */
  public boolean met(double value) {
    return atLeast ? value >= bound : value <= bound;
  }
}
