package io.millrace.jmh.bench;

/**
 * What to draw of a suite's figures.
 *
 * @param title above the chart
 * @param benchmark a regular expression that is found in the names of the benchmarks to draw
 * @param value the label of the value, {@link Figure#SCORE} for JMH's own
 * @param along the parameter on the horizontal axis, each other combination being a line; empty for
 *     one bar for each combination
 */
public record ChartSpec(String title, String benchmark, String value, String along) {

  /** Returns a chart of bars. */
  public static ChartSpec bars(String title, String benchmark, String value) {
    return new ChartSpec(title, benchmark, value, "");
  }

  /** Returns a chart of lines. */
  public static ChartSpec lines(String title, String benchmark, String value, String along) {
    return new ChartSpec(title, benchmark, value, along);
  }
}
