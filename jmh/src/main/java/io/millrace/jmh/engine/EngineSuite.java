package io.millrace.jmh.engine;

import io.millrace.jmh.bench.BenchSuite;
import io.millrace.jmh.bench.ChartSpec;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Figure;
import io.millrace.jmh.bench.Find;
import io.millrace.jmh.bench.Plan;
import io.millrace.jmh.bench.Target;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The engine against its own pipeline, and rung 7 of the ladder. Found by the service loader. */
public final class EngineSuite implements BenchSuite {

  private static final Find FAN_OUT = Find.of(EngineBench.class);
  private static final Find LOADED = FAN_OUT.with("inFlight", "2000");
  private static final Find ALONE = FAN_OUT.with("inFlight", "1").with("level", "SYNCED");

  /** A disk on which one instance at a time is judged. */
  private static final double FAST_FORCE_MICROS = 200;

  /** For the service loader. */
  public EngineSuite() {}

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public String about() {
    return "The fan-out of five activities that take no time, by 2 workers of each kind, at each"
        + " level of durability and in memory. 'Bare pipeline' is the same run's pipeline"
        + " without an engine, fed with the commands that an engine wrote: ring, forced"
        + " journal, batched rows. 'Allocated inside the engine' is what the engine's"
        + " threads allocated, the workload's own code on them included. 'trace' is rung 7"
        + " of the ladder: speculation lets a turn follow its cause at once; what the turn"
        + " asks for still waits for the force.";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    List<String> traced = List.of(effort.pick("20", "2000", "10000"));
    Map<String, List<String>> speculation =
        Map.of(
            "traced",
            traced,
            "speculation",
            effort.pick(List.of("true"), List.of(), List.of()),
            "inFlight",
            effort.pick(List.of("2"), List.of("1"), List.of()));
    if (effort == Effort.FULL) {
      return List.of(
          Plan.runs(EngineBench.class, effort, Map.of("traced", traced)),
          Plan.runs(SpeculationBench.class, effort, speculation));
    }
    String loaded = effort.pick("50", "2000", "");
    return List.of(
        fanOut(
            effort,
            traced,
            List.of("SYNCED"),
            effort.pick(List.of(loaded), List.of("1", loaded), List.of())),
        fanOut(
            effort,
            traced,
            effort.pick(
                List.of(EngineBench.MEMORY), List.of("ACCEPTED", EngineBench.MEMORY), List.of()),
            List.of(loaded)),
        Plan.runs(SpeculationBench.class, effort, speculation));
  }

  private static Plan fanOut(
      Effort effort, List<String> traced, List<String> levels, List<String> inFlight) {
    return Plan.runs(
        EngineBench.class, effort, Map.of("traced", traced, "level", levels, "inFlight", inFlight));
  }

  @Override
  public List<String> leftOut(Effort effort) {
    return effort == Effort.FULL
        ? List.of()
        : List.of("suite engine: APPENDED and most numbers in flight are left out of a quick run");
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of(
        ChartSpec.bars("Orchestrations", "EngineBench", "throughput"),
        ChartSpec.bars("Latency, median", "EngineBench", "p50"),
        ChartSpec.bars("Latency, 99th percentile", "EngineBench", "p99"),
        ChartSpec.bars("Share of the bare pipeline", "EngineBench", "share of the bare pipeline"),
        ChartSpec.bars("Allocated inside the engine", "EngineBench", "allocated inside the engine"),
        ChartSpec.bars("Processor time for each", "EngineBench", "cpu an orchestration"),
        ChartSpec.bars("Rung 7: latency, median", "SpeculationBench", "p50"),
        ChartSpec.bars("Rung 7: orchestrations", "SpeculationBench", "throughput"));
  }

  @Override
  public List<Target> targets() {
    Find synced = LOADED.with("level", "SYNCED");
    return List.of(
        Target.atLeast(
            50_000, "at least 50,000 orch/s synced, 2,000 in flight", synced, "throughput"),
        Target.atLeast(
            0.5,
            "at least half of the bare pipeline's throughput, synced, 2,000 in flight",
            synced,
            "share of the bare pipeline"),
        new Target(
            "median below 0.7 ms at one in flight, judged on a disk that forces in 0.2 ms",
            EngineSuite::medianAlone,
            0.7,
            false),
        new Target(
            "in memory at least as fast as on file, both accepted, 2,000 in flight",
            EngineSuite::memoryAgainstFile,
            1,
            true),
        Target.atMost(
            8_192,
            "at most 8 KiB allocated for each orchestration inside the engine",
            synced,
            "allocated inside the engine"));
  }

  private static OptionalDouble medianAlone(List<Figure> figures) {
    OptionalDouble force = ALONE.mean(figures, "bare force");
    return force.isPresent() && force.getAsDouble() <= FAST_FORCE_MICROS
        ? ALONE.mean(figures, "p50")
        : OptionalDouble.empty();
  }

  private static OptionalDouble memoryAgainstFile(List<Figure> figures) {
    OptionalDouble memory = LOADED.with("level", EngineBench.MEMORY).mean(figures, "throughput");
    OptionalDouble file = LOADED.with("level", "ACCEPTED").mean(figures, "throughput");
    return memory.isPresent() && file.isPresent()
        ? OptionalDouble.of(memory.getAsDouble() / file.getAsDouble())
        : OptionalDouble.empty();
  }

  @Override
  public long diskBytes(Effort effort) {
    return effort.pick(1L << 28, 2L << 30, 4L << 30);
  }
}
