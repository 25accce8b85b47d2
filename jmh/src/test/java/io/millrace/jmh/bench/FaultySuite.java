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
    return "one of two fails";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    return List.of(
        new Plan(
                "FaultyBench\\.",
                Map.of("sound", List.of("true", "false")),
                1,
                0,
                0,
                1,
                Duration.ofMillis(10))
            .tolerant());
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of();
  }
}
