package io.millrace.jmh.neighbours;

import io.millrace.jmh.bench.BenchSuite;
import io.millrace.jmh.bench.ChartSpec;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What others do with the same load. Found by the service loader. */
public final class NeighboursSuite implements BenchSuite {

  /** For the service loader. */
  public NeighboursSuite() {}

  @Override
  public String name() {
    return "neighbours";
  }

  @Override
  public String about() {
    return "What others do with the same load, each with what it acknowledges surviving power loss,"
        + " and with as many in flight as it is fastest with, found by a sweep just before."
        + " StoreBench: the commands that an engine wrote for fan-outs of five activities,"
        + " into stores, each with one writer that folds and commits all that waits by one"
        + " force; all rows are read back, decoded and compared. ProductBench: the fan-out"
        + " itself, activities that take no time, through engines; every answer is checked,"
        + " and the number of completed in the store. The score is the time of the whole"
        + " run; compare throughput. Reported, not targets.";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    List<String> efforts = List.of(effort.name());
    return List.of(
        plan(StoreBench.class, effort, Map.of("store", Neighbours.storeNames(), "effort", efforts)),
        plan(
            ProductBench.class,
            effort,
            Map.of("product", Neighbours.productNames(), "effort", efforts)));
  }

  /** The sweep has warmed all up. */
  private static Plan plan(Class<?> benchmark, Effort effort, Map<String, List<String>> params) {
    Plan shots = Plan.shots(benchmark, effort, params);
    return new Plan(
            shots.include(), params, 0, shots.forks(), 0, shots.iterations(), Duration.ofSeconds(1))
        .tolerant();
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of(
        ChartSpec.bars("Stores: orchestrations", "StoreBench", "throughput"),
        ChartSpec.bars("Stores: processor time for each", "StoreBench", "cpu an orchestration"),
        ChartSpec.bars("Engines: orchestrations", "ProductBench", "throughput"),
        ChartSpec.bars("Engines: latency, 99th percentile", "ProductBench", "p99"),
        ChartSpec.bars("Engines: processor time for each", "ProductBench", "cpu an orchestration"));
  }

  @Override
  public long diskBytes(Effort effort) {
    return effort.pick(1L << 29, 3L << 30, 6L << 30);
  }
}
