package io.millrace.jmh.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One run of JMH.
 *
 * @param include a regular expression over the full names of benchmark methods
 * @param params the values of parameters, in place of those in the code; a name without values
 *     keeps the code's
 * @param threads how many threads measure, 0 for what the code says
 * @param forks how many JVMs, one after the other; 0 measures in this one
 * @param warmups iterations that do not count
 * @param iterations iterations that count
 * @param time how long one iteration lasts; a single shot learns it by {@link RunContext#time}
 * @param mayFail whether a benchmark that throws is no failure of the report; it should then have
 *     left a remark
 */
public record Plan(
    String include,
    Map<String, List<String>> params,
    int threads,
    int forks,
    int warmups,
    int iterations,
    Duration time,
    boolean mayFail) {

  /** Keeps copies. */
  public Plan {
    params = Map.copyOf(params);
  }

  /** Makes a plan whose benchmarks must not fail. */
  public Plan(
      String include,
      Map<String, List<String>> params,
      int threads,
      int forks,
      int warmups,
      int iterations,
      Duration time) {
    this(include, params, threads, forks, warmups, iterations, time, false);
  }

  /** Returns a plan for steady measurements of a method, or of all in a class. */
  public static Plan steady(Class<?> benchmark, Effort effort, Map<String, List<String>> params) {
    return new Plan(
        benchmark.getName().replace(".", "\\.") + "\\.",
        params,
        0,
        effort.pick(0, 1, 1),
        effort.pick(1, 1, 2),
        effort.pick(1, 2, 5),
        effort.pick(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofSeconds(1)));
  }

  /** Returns a plan for benchmarks that each measure one long piece of work by themselves. */
  public static Plan shots(Class<?> benchmark, Effort effort, Map<String, List<String>> params) {
    return new Plan(
        benchmark.getName().replace(".", "\\.") + "\\.",
        params,
        0,
        effort.pick(0, 1, 1),
        effort.pick(0, 1, 2),
        effort.pick(1, 1, 3),
        Duration.ofSeconds(1));
  }

  /** Returns the same plan for benchmarks of what is not ours, and need not run everywhere. */
  public Plan tolerant() {
    return new Plan(include, params, threads, forks, warmups, iterations, time, true);
  }

  /**
   * Returns a plan for benchmarks that run an engine for {@link RunContext#time} each iteration;
   * each warms up by itself.
   */
  public static Plan runs(Class<?> benchmark, Effort effort, Map<String, List<String>> params) {
    return new Plan(
        benchmark.getName().replace(".", "\\.") + "\\.",
        params,
        0,
        effort.pick(0, 1, 1),
        effort.pick(0, 0, 1),
        effort.pick(1, 1, 3),
        effort.pick(Duration.ofMillis(50), Duration.ofMillis(1_500), Duration.ofSeconds(3)));
  }
}
