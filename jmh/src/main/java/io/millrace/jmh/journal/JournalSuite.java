package io.millrace.jmh.journal;

import io.millrace.jmh.bench.BenchSuite;
import io.millrace.jmh.bench.ChartSpec;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Figure;
import io.millrace.jmh.bench.Plan;
import java.util.List;
import java.util.Map;

/** Chronicle against plain files. Found by the service loader. */
public final class JournalSuite implements BenchSuite {

  /** For the service loader. */
  public JournalSuite() {}

  @Override
  public String name() {
    return "journal";
  }

  @Override
  public String about() {
    return "One thread appends records to segments of 32 MiB and forces them as a policy says:"
        + " CHRONICLE and FILES through the journal's seam, with blocks reserved ahead by a"
        + " thread beside; GROWING_FILE is a file that was not preallocated. The time is"
        + " that of one record, its share of the forces included. EACH and GROUP_OF_64 are"
        + " synced, EVERY_10_MS and NEVER appended. Each fork measures one combination.";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    return List.of(
        Plan.steady(
            JournalBench.class,
            effort,
            Map.of(
                "bytes",
                effort.pick(List.of("128"), List.of("1024"), List.of()),
                "sync",
                effort.pick(List.of("GROUP_OF_64"), List.of("EACH", "GROUP_OF_64"), List.of()))));
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of(
        ChartSpec.lines("Time for a record by its bytes", "Journal", Figure.SCORE, "bytes"),
        ChartSpec.lines("Written by bytes of a record", "Journal", "written", "bytes"));
  }

  @Override
  public long diskBytes(Effort effort) {
    return 1L << 28;
  }
}
