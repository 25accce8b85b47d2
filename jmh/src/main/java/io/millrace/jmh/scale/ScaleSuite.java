package io.millrace.jmh.scale;

import io.millrace.jmh.bench.BenchSuite;
import io.millrace.jmh.bench.ChartSpec;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Find;
import io.millrace.jmh.bench.Plan;
import io.millrace.jmh.bench.Target;
import java.util.List;
import java.util.Map;

/** The engine along seven axes. Found by the service loader. */
public final class ScaleSuite implements BenchSuite {

  private static final String SHARE = "share of the empty one";

  /** For the service loader. */
  public ScaleSuite() {}

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String about() {
    return "The fan-out, synced, on a file, along one axis at a time. Activities take no time but"
        + " under 'workers', where they block for 10 ms, so that there is a ceiling for any"
        + " engine. 'offered' starts at a rate whatever comes back; its latencies count from"
        + " when a start was due. 'stored' and 'asleep' are measured in turn with an engine"
        + " on an empty directory, in the same JVM; 'asleep' has a heap of 512 MiB. Their"
        + " directories are fixtures, made once: an engine makes one instance, SQLite copies"
        + " its rows.";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    return List.of(
        runs(InFlightCurve.class, effort, "inFlight", List.of("10"), List.of("10", "1000")),
        runs(WorkersCurve.class, effort, "workers", List.of("2"), List.of("32")),
        runs(PayloadCurve.class, effort, "payload", List.of("1024"), List.of("65536")),
        Plan.runs(
            HistoryCurve.class,
            effort,
            Map.of(
                "steps",
                effort.pick(List.of("10"), List.of("1000"), List.of()),
                "total",
                List.of(effort.pick("320", "40000", "160000")))),
        runs(OfferedLoadCurve.class, effort, "percent", List.of("50"), List.of("50", "90")),
        runs(StoreSizeCurve.class, effort, "finished", List.of("1000"), List.of("100000")),
        runs(SleepersCurve.class, effort, "sleeping", List.of("1000"), List.of("100000")));
  }

  /** A full run takes the values in the code. */
  private static Plan runs(
      Class<?> curve, Effort effort, String axis, List<String> smoke, List<String> quick) {
    return Plan.runs(curve, effort, Map.of(axis, effort.pick(smoke, quick, List.of())));
  }

  @Override
  public List<String> leftOut(Effort effort) {
    return effort == Effort.FULL
        ? List.of()
        : List.of(
            "suite scale: a quick run has a point or two on each axis, and leaves out the directories"
                + " with 1 and 10 million finished and 1 million sleeping instances");
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of(
        ChartSpec.lines(
            "Orchestrations, synced, by number in flight", "InFlight", "throughput", "inFlight"),
        ChartSpec.lines(
            "Median latency, synced, by number in flight", "InFlight", "p50", "inFlight"),
        ChartSpec.lines("p99, synced, by number in flight", "InFlight", "p99", "inFlight"),
        ChartSpec.lines(
            "Share of the ceiling, synced, by workers",
            "Workers",
            "share of the ceiling",
            "workers"),
        ChartSpec.lines(
            "Orchestrations, synced, by payload bytes", "Payload", "throughput", "payload"),
        ChartSpec.lines(
            "Payload through activities, synced, by payload bytes",
            "Payload",
            "payload through activities",
            "payload"),
        ChartSpec.lines("Steps, synced, by length of history", "History", "throughput", "steps"),
        ChartSpec.lines(
            "p50, synced, by percent of saturation offered", "Offered", "p50", "percent"),
        ChartSpec.lines(
            "p99, synced, by percent of saturation offered", "Offered", "p99", "percent"),
        ChartSpec.lines(
            "p99.9, synced, by percent of saturation offered", "Offered", "p99.9", "percent"),
        ChartSpec.lines(
            "Share of an empty store's throughput, synced, by finished instances",
            "StoreSize",
            SHARE,
            "finished"),
        ChartSpec.lines(
            "Share of the throughput without sleepers, synced, by sleeping instances",
            "Sleepers",
            SHARE,
            "sleeping"),
        ChartSpec.lines("Opening by sleeping instances", "Sleepers", "open", "sleeping"));
  }

  @Override
  public List<Target> targets() {
    Find stored = Find.of(StoreSizeCurve.class).with("finished", "10000000");
    Find asleep = Find.of(SleepersCurve.class).with("sleeping", "1000000");
    return List.of(
        Target.atMost(
            10,
            "p99 under 10 ms at half of the saturation load, from when a start was due",
            Find.of(OfferedLoadCurve.class).with("percent", "50"),
            "p99"),
        Target.atLeast(
            85, "10 million finished instances leave 85 % of the throughput", stored, SHARE),
        Target.atLeast(
            90,
            "1 million sleeping instances leave 90 % of the throughput, in a heap of 512 MiB",
            asleep,
            SHARE),
        Target.atMost(
            5, "opening with 1 million sleeping instances takes under 5 s", asleep, "open"));
  }

  @Override
  public long diskBytes(Effort effort) {
    return effort.pick(1L << 28, 3L << 30, 24L << 30);
  }
}
