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

  /** Tells whether a value is good enough. */
  public boolean met(double value) {
    return atLeast ? value >= bound : value <= bound;
  }
}
