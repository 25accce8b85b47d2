package io.millrace.jmh.stress;

import io.millrace.buffer.PipelineStatistics;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.jmh.stress.StressProgress.Phase;
import java.time.Duration;

/**
 * The fan-outs of one client, and the client's own record of them: on an engine that a stress run
 * opens, or on any other. Ids are used once, so one workload may be measured several times.
 */
public final class Workload {

  private static final Duration DRAIN_MAX = Duration.ofSeconds(60);

  private final StressOptions options;
  private final StressProgress progress;
  private final FanOut code;
  private final Ledger ledger;
  private final Failures failures = new Failures();

  /**
   * Makes one that nobody watches.
   *
   * @param options of these, what concerns the client: not where and how the engine keeps things
   */
  public Workload(StressOptions options) {
    this(options, StressProgress.NONE);
  }

  Workload(StressOptions options, StressProgress progress) {
    this.options = options;
    this.progress = progress;
    code = new FanOut(options);
    ledger = new Ledger(code);
  }

  /** Registers the code, and sets the threads that run it. */
  public MillraceBuilder register(MillraceBuilder builder) {
    return builder
        .orchestrationWorkers(options.orchestrationWorkers())
        .activityWorkers(options.activityWorkers())
        .orchestration(FanOut.ORCHESTRATION, code::run)
        .activity(FanOut.TASK, code::echo);
  }

  /**
   * Warms up, measures, and waits until all has ended. Blocks for it.
   *
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Measured measure(Millrace millrace) throws InterruptedException {
    LoadGenerator load = new LoadGenerator(millrace, code, ledger, failures, options);
    try (Ticker ticker = new Ticker(progress, load::everCompleted)) {
      if (!options.warmup().isZero()) {
        progress.phase(Phase.WARMUP, options.warmup());
        launch(load, options.warmup());
        // What the warm-up left in flight would take workers' time that counts for nothing.
        load.drain(DRAIN_MAX);
      }
      return measure(millrace, load, options.duration());
    }
  }

  /**
   * Measures without a warm-up, and waits until all has ended. Blocks for it.
   *
   * @param howLong orchestrations are started
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Measured measure(Millrace millrace, Duration howLong) throws InterruptedException {
    LoadGenerator load = new LoadGenerator(millrace, code, ledger, failures, options);
    try (Ticker ticker = new Ticker(progress, load::everCompleted)) {
      return measure(millrace, load, howLong);
    }
  }

  private Measured measure(Millrace millrace, LoadGenerator load, Duration howLong)
      throws InterruptedException {
    load.beginCounting();
    int before = ledger.started();
    PipelineStatistics pipelineBefore = millrace.statistics().pipeline();
    CostMeter.Reading costBefore = CostMeter.read();
    long begun = System.nanoTime();

    progress.phase(Phase.MEASURE, howLong);
    launch(load, howLong);
    long launched = System.nanoTime();
    progress.phase(Phase.DRAIN, Duration.ZERO);
    load.drain(DRAIN_MAX);
    long drained = System.nanoTime();

    CostMeter.Reading cost = CostMeter.read().since(costBefore);
    return new Measured(
        ledger.started() - before,
        load.completed(),
        failures.counts(),
        failures.first(),
        Duration.ofNanos(launched - begun),
        Duration.ofNanos(drained - launched),
        load.latencies(),
        Difference.of(millrace.statistics().pipeline(), pipelineBefore),
        cost);
  }

  private void launch(LoadGenerator load, Duration howLong) throws InterruptedException {
    if (options.inFlight() > 0) {
      load.launch(howLong);
    } else {
      // An idle engine is measured.
      Thread.sleep(howLong.toMillis());
    }
  }

  /** Returns how many orchestrations were started in all, warm-ups included. */
  public int started() {
    return ledger.started();
  }

  /** Compares what an engine knows with the client's record. Blocks for it. */
  StressReport.Verification verify(Millrace millrace) {
    Verifier verifier = new Verifier(code, ledger);
    progress.phase(Phase.VERIFY, Duration.ZERO);
    try (Ticker ticker = new Ticker(progress, verifier::checked)) {
      return verifier.verify(millrace);
    }
  }
}
