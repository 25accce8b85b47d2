package io.millrace.jmh.flush;

import io.millrace.jmh.bench.BenchSuite;
import io.millrace.jmh.bench.ChartSpec;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Plan;
import java.util.List;
import java.util.Map;

/** Batches, policies and coalescing. Found by the service loader. */
public final class FlushSuite implements BenchSuite {

  /** For the service loader. */
  public FlushSuite() {}

  @Override
  public String name() {
    return "flush";
  }

  @Override
  public String about() {
    return "The commands that an engine wrote for fan-outs, synced, through the whole buffer, until"
        + " all rows are in the store: by flush policy, with and without folding changes of"
        + " one row together. count(N) flushes once N records wait, so it sets the size of a"
        + " batch. The store is a plain one that takes one statement for each change, in"
        + " order, for only such a one can do without folding; how many rows are left is"
        + " checked.";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    return List.of(
        Plan.shots(
            FlushBench.class,
            effort,
            Map.of(
                "policy",
                effort.pick(List.of("balanced"), List.of("count(100)", "balanced"), List.of()),
                "inFlight",
                List.of(effort.pick("10", "500", "1000")),
                "count",
                List.of(effort.pick("20", "2000", "10000")))));
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of(
        ChartSpec.bars("Orchestrations, synced", "Flush", "throughput"),
        ChartSpec.bars("Rows that reach the store for each", "Flush", "rows an orchestration"),
        ChartSpec.bars("Mutations in a commit", "Flush", "mutations in a commit"),
        ChartSpec.bars("Processor time for each", "Flush", "cpu an orchestration"));
  }

  @Override
  public long diskBytes(Effort effort) {
    return effort.pick(1L << 28, 1L << 29, 2L << 30);
  }
}
