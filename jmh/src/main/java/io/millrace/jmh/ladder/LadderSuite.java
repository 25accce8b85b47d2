package io.millrace.jmh.ladder;

import io.millrace.buffer.Durability;
import io.millrace.jmh.bench.BenchSuite;
import io.millrace.jmh.bench.ChartSpec;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ladder of layers. Found by the service loader. */
public final class LadderSuite implements BenchSuite {

  /** Each rung at each level it can give, from the bottom. */
  static final List<String> STEPS = steps();

  /** For the service loader. */
  public LadderSuite() {}

  static Candidate candidate(String name) {
    return switch (name) {
      case BufferCandidate.BUFFER -> new BufferCandidate(false);
      case BufferCandidate.SPECULATION -> new BufferCandidate(true);
      default -> Rung.valueOf(name);
    };
  }

  private static List<String> steps() {
    List<String> steps = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>(List.of(Rung.values()));
    candidates.add(new BufferCandidate(false));
    candidates.add(new BufferCandidate(true));
    for (Candidate candidate : candidates) {
      for (Durability level : Durability.values()) {
        if (candidate.durabilities().contains(level)) {
          steps.add(candidate.name() + " " + level);
        }
      }
    }
    return List.copyOf(steps);
  }

  @Override
  public String name() {
    return "ladder";
  }

  @Override
  public String about() {
    return "The commands that an engine wrote for fan-outs of five activities, down each rung; each"
        + " command of an instance is sent once the one before it is acknowledged. Time runs until"
        + " all rows are in the store; afterwards they are read, decoded and compared with what the"
        + " trace leaves. JSON_FULL is rung 0, COALESCING rung 6; BUFFER is the whole pipeline"
        + " without an engine, SPECULATION the same with rung 7: a turn is sent right behind its"
        + " cause. Compare SYNCED with SYNCED, APPENDED with APPENDED.";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    return List.of(
        Plan.shots(
            LadderBench.class,
            effort,
            Map.of(
                "step",
                STEPS,
                "inFlight",
                List.of(effort.pick("10", "500", "2000")),
                "count",
                List.of(effort.pick("20", "1000", "10000")))));
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of(
        ChartSpec.bars("Orchestrations", "Ladder", "throughput"),
        ChartSpec.bars("Latency, 99th percentile", "Ladder", "p99"),
        ChartSpec.bars("Forces for each command", "Ladder", "forces a command"),
        ChartSpec.bars("Processor time for each", "Ladder", "cpu an orchestration"));
  }

  @Override
  public long diskBytes(Effort effort) {
    return effort.pick(1L << 28, 1L << 29, 2L << 30);
  }
}
