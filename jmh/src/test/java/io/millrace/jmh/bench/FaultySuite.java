package io.millrace.jmh.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A suite with one benchmark that runs and one that does not. */
public final class FaultySuite implements BenchSuite {

  /** For the service loader. */
  public FaultySuite() {}

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public String about() {
    return "one of two fails, where it may and where it may not";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    return List.of(plan(0, "true", "false").tolerant(), plan(1, "false", "true"));
  }

  private static Plan plan(int forks, String... sound) {
    Map<String, List<String>> params = Map.of("sound", List.of(sound));
    return new Plan("FaultyBench\\.", params, 1, forks, 0, 1, Duration.ofMillis(10));
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of();
  }
}
