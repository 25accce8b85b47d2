package io.millrace.jmh.neighbours;

import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.stress.CostMeter;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** Notes what a run came to: the same figures for each neighbour. */
final class Cost {

  private final LongSupplier serverCpuNanos;
  private final long before;

  /** Begins to count. */
  Cost(LongSupplier serverCpuNanos) {
    this.serverCpuNanos = serverCpuNanos;
    before = cpuNanos();
  }

  private long cpuNanos() {
    return CostMeter.read().cpuNanos() + serverCpuNanos.getAsLong();
  }

  /** Ends, and notes. */
  void note(long completed, double perSecond, int inFlight, Histogram latencies) {
    Figures.note("throughput", perSecond, "orch/s");
    Figures.note("in flight", inFlight, "orch");
    for (int percentile : new int[] {50, 99}) {
      Figures.note("p" + percentile, latencies.getValueAtPercentile(percentile) / 1e6, "ms");
    }
    Figures.note(
        "cpu an orchestration", (cpuNanos() - before) / 1e3 / Math.max(1, completed), "us");
  }
}
