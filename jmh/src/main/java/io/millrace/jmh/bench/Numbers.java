package io.millrace.jmh.bench;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {

  private Numbers() {}

  /** Returns three significant digits, and no more than a large number has before the point. */
  static String of(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3g";
    return value == 0 ? "0" : String.format(Locale.ROOT, form, value);
  }

  static String of(Figure.Value value) {
    String mean = of(value.mean());
    String spread =
        value.min() == value.max() ? "" : " (" + of(value.min()) + " to " + of(value.max()) + ")";
    return mean + spread + " " + value.unit();
  }
}
