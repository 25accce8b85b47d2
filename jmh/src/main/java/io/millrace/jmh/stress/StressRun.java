package io.millrace.jmh.stress;

import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.jmh.stress.StressOptions.StoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One stress run: warm up, measure, drain, close, open again, check. */
public final class StressRun {

  private final StressOptions options;
  private final Workload workload;

  private StressRun(StressOptions options, StressProgress progress) {
    this.options = options;
    workload = new Workload(options, progress);
  }

  /**
   * Runs and checks. Blocks until done; leaves the data directory as it is then.
   *
   * @throws IOException if the disk cannot be measured or the sabotage done
   * @throws InterruptedException if the calling thread was interrupted
   */
  public static StressReport run(StressOptions options, StressProgress progress)
      throws IOException, InterruptedException {
    return new StressRun(options, progress).run();
  }

  private StressReport run() throws IOException, InterruptedException {
    boolean onDisk = options.store() == StoreKind.SQLITE;
    Double diskForceMicros = null;
    if (onDisk) {
      Files.createDirectories(directoryToProbe());
      diskForceMicros = DiskProbe.medianForceMicros(directoryToProbe());
    }
    Measured measured;
    StressReport.Verification verification = null;
    try (Millrace millrace = open()) {
      measured = workload.measure(millrace);
      if (!onDisk) {
        verification = workload.verify(millrace);
      }
    }
    if (verification == null) {
      Saboteur.strike(options);
      try (Millrace reopened = open()) {
        verification = workload.verify(reopened);
      }
    }
    return report(measured, verification, diskForceMicros);
  }

  private StressReport report(
      Measured measured, StressReport.Verification verification, @Nullable Double diskForceMicros) {
    return new StressReport(
        options,
        measured.launched(),
        measured.completed(),
        measured.failed(),
        measured.firstFailure(),
        measured.launchTime(),
        measured.drainTime(),
        measured.latencies(),
        measured.pipeline(),
        new StressReport.Cost(measured.cost().cpuNanos() / 1e9, measured.cost().allocatedBytes()),
        diskForceMicros,
        verification,
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        CostMeter.collectors());
  }

  private Millrace open() {
    MillraceBuilder builder =
        options.store() == StoreKind.MEMORY
            ? Millrace.inMemory()
            : Millrace.builder(options.directory())
                .journal(options.journal())
                .flush(options.flush());
    return workload.register(builder.durability(options.durability())).open();
  }

  /** The data directory itself must stay empty until the engine makes it. */
  private Path directoryToProbe() {
    Path parent = options.directory().toAbsolutePath().getParent();
    return parent == null ? options.directory().toAbsolutePath() : parent;
  }
}
