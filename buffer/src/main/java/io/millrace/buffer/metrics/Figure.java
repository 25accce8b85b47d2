package io.millrace.buffer.metrics;

/**
 * One figure at one moment.
 *
 * @param metric what it is
 * @param label which of several, the pool's name for instance; empty if there is only one
 * @param value in the metric's unit
 */
public record Figure(Metric metric, String label, long value) {

  /** Returns its name with its label, as pages and commands print it. */
  public String title() {
    return title(metric.name(), label);
  }

  static String title(String name, String label) {
    return label.isEmpty() ? name : name + '{' + label + '}';
  }
}
