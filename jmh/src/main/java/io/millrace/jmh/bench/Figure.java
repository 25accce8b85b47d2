package io.millrace.jmh.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark with one combination of parameters came to.
 *
 * @param benchmark class and method
 * @param params the combination, by name
 * @param values what was measured, by label
 */
public record Figure(String benchmark, Map<String, String> params, Map<String, Value> values) {

  /** The label of JMH's own measure. */
  public static final String SCORE = "score";

  /**
   * One measure.
   *
   * @param mean over the iterations
   * @param min the least of them
   * @param max the most of them
   * @param unit as JMH writes it
   */
  public record Value(double mean, double min, double max, String unit) {}

  static Figure of(RunResult result) {
    BenchmarkParams params = result.getParams();
    Map<String, String> given = new TreeMap<>();
    for (String key : params.getParamsKeys()) {
      given.put(key, params.getParam(key));
    }
    if (params.getThreads() > 1) {
      given.put("threads", Integer.toString(params.getThreads()));
    }
    Map<String, Value> values = new LinkedHashMap<>();
    values.put(SCORE, value(result.getPrimaryResult()));
    result.getSecondaryResults().forEach((label, found) -> values.put(clean(label), value(found)));
    String[] name = params.getBenchmark().split("\\.");
    return new Figure(name[name.length - 2] + "." + name[name.length - 1], given, values);
  }

  /** Returns a value, or null if it was not measured. */
  public @Nullable Value value(String label) {
    return values.get(label);
  }

  /** Returns the combination without one parameter, as words. */
  public String label(String without) {
    StringBuilder words = new StringBuilder(benchmark.substring(benchmark.indexOf('.') + 1));
    params.forEach(
        (name, value) -> {
          if (!name.equals(without)) {
            words.append(", ").append(name).append(' ').append(value);
          }
        });
    return words.toString();
  }

  private static Value value(Result<?> result) {
    return new Value(
        result.getScore(),
        result.getStatistics().getMin(),
        result.getStatistics().getMax(),
        result.getScoreUnit());
  }

  private static String clean(String label) {
    return label.startsWith("·") ? label.substring(1) : label;
  }
}
