package io.millrace.jmh.profile;

import io.millrace.buffer.Durability;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.ladder.Candidate;
import io.millrace.jmh.ladder.Rung;
import io.millrace.jmh.ladder.Trace;
import io.millrace.jmh.stress.CostMeter;
import io.millrace.jmh.stress.StressOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Rung 0 of the ladder, for a while: JSON rows, a forced transaction for each command that an
 * engine wrote.
 */
final class BaselineRun {

  private static final int INSTANCES = 100;

  private final Path work;
  private final StressOptions options;
  private final Trace trace;

  BaselineRun(Path work, StressOptions options) throws Exception {
    this.work = work;
    this.options = options;
    trace = Trace.in(work.resolve("trace"), INSTANCES);
  }

  /** Runs the trace from an empty store, again and again. Blocks for it. */
  Profiled run(Duration howLong) throws Exception {
    CostMeter.Reading before = CostMeter.read();
    long begun = System.nanoTime();
    double done = 0;
    while (done == 0 || System.nanoTime() - begun < howLong.toNanos()) {
      Path folder = Folders.empty(work.resolve("rung"));
      try (Candidate.Opened rung = Rung.JSON_FULL.open(folder, Durability.SYNCED)) {
        var unused = rung.run(trace, Math.max(1, options.inFlight()));
      }
      done += trace.instances().size();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    CostMeter.Reading cost = CostMeter.read().since(before);
    return new Profiled(
        "rung0",
        "rung 0: JSON rows, synchronous=FULL, one transaction for each command (synced)",
        done / seconds,
        cost.cpuNanos() / 1e3 / done,
        cost.allocatedBytes() / done);
  }
}
