package io.millrace.jmh.store;

import io.millrace.jmh.bench.BenchSuite;
import io.millrace.jmh.bench.ChartSpec;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Plan;
import java.util.List;
import java.util.Map;

/** Shapes of rows and ways to write them. Found by the service loader. */
public final class StoreSuite implements BenchSuite {

  /** For the service loader. */
  public StoreSuite() {}

  @Override
  public String name() {
    return "store";
  }

  @Override
  public String about() {
    return "Rows of finished instances into one SQLite file, WAL and NORMAL, one transaction for a"
        + " batch: as a blob, as columns, as columns with an index on the id; by single"
        + " statements, by a JDBC batch, by 16 rows in one statement; with and without"
        + " threads that look up single rows meanwhile. Commits are appended; the journal"
        + " before the store is what syncs.";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    if (effort == Effort.FULL) {
      // Batches by themselves, readers by themselves: all combinations would take an hour.
      return List.of(
          plan(effort, List.of("16", "1600", "16000"), List.of("0")),
          plan(effort, List.of("1600"), List.of("2")));
    }
    return List.of(
        Plan.steady(
            StoreBench.class,
            effort,
            Map.of(
                "shape",
                effort.pick(List.of("COLUMNS"), List.of("INDEXED_COLUMNS"), List.of()),
                "statements",
                effort.pick(List.of("WIDE"), List.of("SINGLE", "WIDE"), List.of()),
                "readers",
                effort.pick(List.of("2"), List.of("0", "2"), List.of()),
                "batch",
                List.of("1600"))));
  }

  private static Plan plan(Effort effort, List<String> batch, List<String> readers) {
    Plan steady = Plan.steady(StoreBench.class, effort, Map.of("batch", batch, "readers", readers));
    return new Plan(steady.include(), steady.params(), 1, 1, 1, steady.iterations(), steady.time());
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of(
        ChartSpec.bars("Rows written, appended", "Store", "rows"),
        ChartSpec.bars("Rows looked up beside", "Store", "reads beside"),
        ChartSpec.bars("Bytes of a row", "Store", "bytes a row"));
  }

  @Override
  public long diskBytes(Effort effort) {
    return effort.pick(1L << 28, 1L << 29, 4L << 30);
  }
}
