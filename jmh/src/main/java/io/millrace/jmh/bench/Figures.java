package io.millrace.jmh.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a benchmark measures by itself, beside JMH's score: percentiles, bytes, forces. JMH makes
 * both benchmarks and profilers, so that only a static can carry values from one to the other.
 */
public final class Figures {

  private static final Map<String, Noted> NOTED = new LinkedHashMap<>();

  private Figures() {}

  /**
   * A value of the iteration that is running.
   *
   * @param value the measure
   * @param unit of it
   */
  record Noted(double value, String unit) {}

  /** Notes a value of the iteration that is running, in place of an earlier one. Any thread. */
  public static void note(String label, double value, String unit) {
    synchronized (NOTED) {
      NOTED.put(label, new Noted(value, unit));
    }
  }

  static Map<String, Noted> take() {
    synchronized (NOTED) {
      Map<String, Noted> taken = new LinkedHashMap<>(NOTED);
      NOTED.clear();
      return taken;
    }
  }
}
