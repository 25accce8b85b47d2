package io.millrace.jmh.flush;

import io.millrace.buffer.FlushPreset;
import io.millrace.buffer.PipelineStatistics;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.engine.Millrace;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.stress.Measured;
import io.millrace.jmh.stress.StressOptions;
import io.millrace.jmh.stress.StressOptionsBuilder;
import io.millrace.jmh.stress.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The same load under one preset, from an empty folder to a reopening after a hard end. */
final class PresetTrial {

  private static final int IN_FLIGHT = 1_000;
  private static final int HEAP_SAMPLES = 4;

  /** A reopening is to find nearly the most that this preset leaves. */
  private static final double NEAR_THE_MOST = 0.9;

  private final Path folder;
  private final FlushPreset preset;
  private final Duration load;
  private long appended;

  private PresetTrial(Path folder, FlushPreset preset, Duration load) {
    this.folder = folder;
    this.preset = preset;
    this.load = load;
  }

  /**
   * Runs it. Blocks for about three times the load.
   *
   * @param folder emptied before, removed afterwards
   */
  static PresetFigures run(Path folder, FlushPreset preset, Duration load)
      throws IOException, InterruptedException {
    Folders.empty(folder);
    try {
      return new PresetTrial(folder, preset, load).run();
    } finally {
      Folders.remove(folder);
    }
  }

  private PresetFigures run() throws IOException, InterruptedException {
    Workload workload = workload(1);
    Measured measured;
    List<LagSample> lag;
    PipelineStatistics before;
    PipelineStatistics after;
    OptionalLong wroteBefore;
    OptionalLong wroteAfter;
    double[] heap;
    long replayed;
    try (Millrace millrace = open(workload)) {
      var unused = workload.measure(millrace, load.dividedBy(2)).requireSuccess();
      catchUp(millrace);
      before = millrace.statistics().pipeline();
      wroteBefore = FlusherWrites.bytes();
      try (LagSampler sampler = new LagSampler(millrace)) {
        measured = workload.measure(millrace, load).requireSuccess();
        lag = sampler.samples();
      }
      catchUp(millrace);
      after = millrace.statistics().pipeline();
      wroteAfter = FlusherWrites.bytes();
      heap = heapUnderLoad(millrace, workload);
      long most = lag.stream().mapToLong(LagSample::records).max().orElse(0);
      replayed = closeAtTheWorst(millrace, (long) (most * NEAR_THE_MOST));
    }
    double reopen = reopenMillis();
    double journal = after.journalBytes() - before.journalBytes();
    double wrote =
        wroteBefore.isPresent() && wroteAfter.isPresent()
            ? wroteAfter.getAsLong() - wroteBefore.getAsLong()
            : Double.NaN;
    double rows = after.storeMutations() - before.storeMutations();
    return new PresetFigures(
        preset,
        measured.perSecond(),
        lag,
        Arrays.stream(heap).average().orElse(0),
        Arrays.stream(heap).max().orElse(0),
        rows / measured.completed(),
        wrote / journal,
        replayed,
        reopen);
  }

  private Workload workload(long seed) {
    StressOptions options = new StressOptionsBuilder(folder).inFlight(IN_FLIGHT).seed(seed).build();
    return new Workload(options);
  }

  /** A close leaves the store where it is, as a kill does. */
  private Millrace open(Workload workload) {
    return workload
        .register(
            Millrace.builder(folder)
                .flush(preset.policy())
                .buffer(options -> options.closeFlushTimeout(Duration.ZERO)))
        .open();
  }

  /** Blocks until everything is in the store: a list waits for it under every policy. */
  private static void catchUp(Millrace millrace) {
    var unused = millrace.list(Long.MAX_VALUE, 1);
  }

  private double[] heapUnderLoad(Millrace millrace, Workload workload) throws InterruptedException {
    Duration half = load.dividedBy(2);
    Thread client = client(millrace, workload, half);
    double[] samples = new double[HEAP_SAMPLES];
    for (int i = 0; i < HEAP_SAMPLES; i++) {
      Thread.sleep(half.toMillis() / (HEAP_SAMPLES + 1));
      // What is left after a collection is what is held.
      System.gc();
      samples[i] = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
    client.join();
    return samples;
  }

  /**
   * Ends the engine in the middle of a load, when the store is about as far behind as this preset
   * lets it be.
   *
   * @return how many records it did not have
   */
  private long closeAtTheWorst(Millrace millrace, long records) throws InterruptedException {
    Thread client = client(millrace, workload(2), load.multipliedBy(2));
    long end = System.nanoTime() + load.toNanos();
    while (System.nanoTime() < end
        && millrace.metrics().value(PipelineMetrics.LAG_RECORDS) < records) {
      Thread.sleep(1);
    }
    client.interrupt();
    millrace.close(Duration.ZERO);
    client.join();
    appended = millrace.metrics().value(PipelineMetrics.APPENDED);
    return millrace.metrics().value(PipelineMetrics.LAG_RECORDS);
  }

  private static Thread client(Millrace millrace, Workload workload, Duration howLong) {
    Thread client =
        new Thread(
            () -> {
              try {
                var unused = workload.measure(millrace, howLong);
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            },
            "client");
    client.start();
    return client;
  }

  private double reopenMillis() {
    Workload workload = workload(3);
    long begun = System.nanoTime();
    try (Millrace millrace = open(workload)) {
      double millis = (System.nanoTime() - begun) / 1e6;
      long applied = millrace.metrics().value(PipelineMetrics.APPLIED);
      if (applied < appended) {
        throw new IllegalStateException(
            "opening left records out of the store, applied=" + applied + " appended=" + appended);
      }
      return millis;
    }
  }
}
