package io.millrace.jmh.engine;

import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.bench.RunContext;
import io.millrace.jmh.stress.Measured;
import io.millrace.jmh.stress.StressOptions;
import io.millrace.jmh.stress.StressOptions.StoreKind;
import io.millrace.jmh.stress.StressOptionsBuilder;
import io.millrace.jmh.stress.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/** One measurement of an engine in an empty folder, from open to close. */
public final class EngineTrial {

  private static final double[] PERCENTILES = {50, 99, 99.9};

  private EngineTrial() {}

  /**
   * Returns options for a run as long as this plan says, with a warm-up before it as long.
   *
   * @param name the folder of the run, under that of all
   */
  public static StressOptionsBuilder options(String name) throws IOException {
    Duration time = RunContext.time();
    return new StressOptionsBuilder(RunContext.folder().resolve(name)).times(time, time);
  }

  /**
   * Opens an engine in a folder that it empties first, measures, closes it and removes the folder.
   *
   * @param change what differs from a builder's defaults
   * @throws IllegalStateException if not everything completed
   */
  public static Measured run(StressOptions options, UnaryOperator<MillraceBuilder> change)
      throws IOException, InterruptedException {
    Path folder = Folders.empty(options.directory());
    Workload workload = new Workload(options);
    MillraceBuilder builder =
        options.store() == StoreKind.MEMORY ? Millrace.inMemory() : Millrace.builder(folder);
    builder.durability(options.durability());
    Measured measured;
    try (Millrace millrace = workload.register(change.apply(builder)).open()) {
      measured = workload.measure(millrace).requireSuccess();
    }
    if (options.store() != StoreKind.MEMORY) {
      Figures.note(
          "store bytes an orchestration",
          (double) Folders.bytes(folder, "store.db") / Math.max(1, workload.started()),
          "B");
    }
    Folders.remove(folder);
    return measured;
  }

  /** Notes throughput, latencies and costs of a measurement. */
  public static void note(Measured measured) {
    double each = Math.max(1, measured.completed());
    Figures.note("throughput", measured.perSecond(), "orch/s");
    noteLatencies(measured.latencies());
    Figures.note("cpu an orchestration", measured.cost().cpuNanos() / 1e3 / each, "us");
    Figures.note("allocated an orchestration", measured.cost().allocatedBytes() / each, "B");
    Figures.note("allocated inside the engine", measured.cost().engineBytes() / each, "B");
    Figures.note("journal bytes an orchestration", measured.pipeline().journalBytes() / each, "B");
    Figures.note(
        "forces a command",
        (double) measured.pipeline().journalForces() / Math.max(1, measured.pipeline().commands()),
        "1");
  }

  /** Notes percentiles of nanoseconds. */
  public static void noteLatencies(Histogram nanos) {
    for (double percentile : PERCENTILES) {
      Figures.note(
          "p" + Double.toString(percentile).replace(".0", ""),
          nanos.getValueAtPercentile(percentile) / 1e6,
          "ms");
    }
    Figures.note("max", nanos.getMaxValue() / 1e6, "ms");
  }
}
