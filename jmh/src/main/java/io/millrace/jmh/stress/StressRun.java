package io.millrace.jmh.stress;

import io.millrace.buffer.PipelineStatistics;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.jmh.stress.StressOptions.StoreKind;
import io.millrace.jmh.stress.StressProgress.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One stress run: warm up, measure, drain, close, open again, check. */
public final class StressRun {

  private static final Duration DRAIN_MAX = Duration.ofSeconds(60);

  private final StressOptions options;
  private final StressProgress progress;
  private final FanOut workload;
  private final Ledger ledger;
  private final Failures failures = new Failures();

  private StressRun(StressOptions options, StressProgress progress) {
    this.options = options;
    this.progress = progress;
    workload = new FanOut(options);
    ledger = new Ledger(workload);
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
      measured = measure(millrace);
      if (!onDisk) {
        verification = verify(millrace);
      }
    }
    if (verification == null) {
      Saboteur.strike(options);
      try (Millrace reopened = open()) {
        verification = verify(reopened);
      }
    }
    return report(measured, verification, diskForceMicros);
  }

  /** What was measured before the engine was closed. */
  private record Measured(
      long launched,
      long completed,
      Duration launchTime,
      Duration drainTime,
      Histogram latencies,
      PipelineStatistics pipeline,
      StressReport.Cost cost) {}

  private Measured measure(Millrace millrace) throws InterruptedException {
    LoadGenerator load = new LoadGenerator(millrace, workload, ledger, failures, options);
    try (Ticker ticker = new Ticker(progress, load::everCompleted)) {
      if (!options.warmup().isZero()) {
        progress.phase(Phase.WARMUP, options.warmup());
        launch(load, options.warmup());
        // What the warm-up left in flight would take workers' time that counts for nothing.
        load.drain(DRAIN_MAX);
      }
      load.beginCounting();
      int before = ledger.started();
      PipelineStatistics pipelineBefore = millrace.statistics().pipeline();
      CostMeter.Reading costBefore = CostMeter.read();
      long begun = System.nanoTime();

      progress.phase(Phase.MEASURE, options.duration());
      launch(load, options.duration());
      long launched = System.nanoTime();
      progress.phase(Phase.DRAIN, Duration.ZERO);
      load.drain(DRAIN_MAX);
      long drained = System.nanoTime();

      CostMeter.Reading costAfter = CostMeter.read();
      return new Measured(
          ledger.started() - before,
          load.completed(),
          Duration.ofNanos(launched - begun),
          Duration.ofNanos(drained - launched),
          load.latencies(),
          Difference.of(millrace.statistics().pipeline(), pipelineBefore),
          new StressReport.Cost(
              (costAfter.cpuNanos() - costBefore.cpuNanos()) / 1e9,
              costAfter.allocatedBytes() - costBefore.allocatedBytes()));
    }
  }

  private void launch(LoadGenerator load, Duration howLong) throws InterruptedException {
    if (options.inFlight() > 0) {
      load.launch(howLong);
    } else {
      // An idle engine is measured.
      Thread.sleep(howLong.toMillis());
    }
  }

  private StressReport.Verification verify(Millrace millrace) {
    Verifier verifier = new Verifier(workload, ledger);
    progress.phase(Phase.VERIFY, Duration.ZERO);
    try (Ticker ticker = new Ticker(progress, verifier::checked)) {
      return verifier.verify(millrace);
    }
  }

  private StressReport report(
      Measured measured, StressReport.Verification verification, @Nullable Double diskForceMicros) {
    return new StressReport(
        options,
        measured.launched(),
        measured.completed(),
        failures.counts(),
        failures.first(),
        measured.launchTime(),
        measured.drainTime(),
        measured.latencies(),
        measured.pipeline(),
        measured.cost(),
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
    return builder
        .durability(options.durability())
        .orchestrationWorkers(options.orchestrationWorkers())
        .activityWorkers(options.activityWorkers())
        .orchestration(FanOut.ORCHESTRATION, workload::run)
        .activity(FanOut.TASK, workload::echo)
        .open();
  }

  /** The data directory itself must stay empty until the engine makes it. */
  private java.nio.file.Path directoryToProbe() {
    java.nio.file.Path parent = options.directory().toAbsolutePath().getParent();
    return parent == null ? options.directory().toAbsolutePath() : parent;
  }
}
