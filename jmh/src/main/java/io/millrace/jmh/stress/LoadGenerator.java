package io.millrace.jmh.stress;

import io.millrace.engine.InstanceHandle;
import io.millrace.engine.Millrace;
import io.millrace.engine.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Starts orchestrations: a fixed number in flight, or at a rate whatever comes back. One thread
 * starts; results are counted by the threads that deliver them.
 */
final class LoadGenerator {

  /** A rate-driven run must not run out of memory when the engine falls behind. */
  private static final int OPEN_LOOP_IN_FLIGHT_MAX = 1_000_000;

  private final Millrace millrace;
  private final FanOut workload;
  private final Ledger ledger;
  private final Failures failures;
  private final double ratePerSecond;
  private final InFlightGate gate;
  private final Recorder latencies = new Recorder(TimeUnit.MINUTES.toNanos(10), 3);
  private final LongAdder completed = new LongAdder();
  private final LongAdder everCompleted = new LongAdder();

  // written by: the starting thread
  private volatile int countedFrom = Integer.MAX_VALUE;

  LoadGenerator(
      Millrace millrace, FanOut workload, Ledger ledger, Failures failures, StressOptions options) {
    this.millrace = millrace;
    this.workload = workload;
    this.ledger = ledger;
    this.failures = failures;
    ratePerSecond = options.ratePerSecond();
    gate = new InFlightGate(ratePerSecond > 0 ? OPEN_LOOP_IN_FLIGHT_MAX : options.inFlight());
  }

  /** From now on what is started counts. */
  void beginCounting() {
    countedFrom = ledger.started();
  }

  /** Starts orchestrations for a while. Blocks for it. */
  void launch(Duration howLong) throws InterruptedException {
    long begun = System.nanoTime();
    long end = begun + howLong.toNanos();
    long intervalNanos = ratePerSecond > 0 ? (long) (1e9 / ratePerSecond) : 0;
    for (long n = 0; ; n++) {
      long due = intervalNanos > 0 ? begun + n * intervalNanos : 0;
      if (intervalNanos > 0) {
        waitUntil(due, end);
      }
      if (!gate.enter(end)) {
        return;
      }
      start(intervalNanos > 0 ? due : System.nanoTime());
    }
  }

  /**
   * Waits until everything started has ended.
   *
   * @return whether it did in time
   */
  boolean drain(Duration atMost) throws InterruptedException {
    return gate.awaitEmpty(System.nanoTime() + atMost.toNanos());
  }

  long completed() {
    return completed.sum();
  }

  /** Returns how many have completed since the engine was opened, warm-up included. */
  long everCompleted() {
    return everCompleted.sum();
  }

  /** Returns start-to-result times in nanoseconds of what was counted. */
  Histogram latencies() {
    return latencies.getIntervalHistogram();
  }

  private void start(long from) {
    int index = ledger.start();
    String id = workload.id(index);
    try {
      var unused =
          millrace
              .startAsync(FanOut.ORCHESTRATION, id, workload.input(index))
              .thenCompose(InstanceHandle::outcomeAsync)
              .whenComplete((outcome, failure) -> ended(index, id, from, outcome, failure));
    } catch (RuntimeException refused) {
      failures.threw(id, refused);
      gate.leave();
    }
  }

  private void ended(
      int index,
      String id,
      long from,
      @Nullable Outcome<String> outcome,
      @Nullable Throwable failure) {
    if (failure != null) {
      failures.threw(id, failure);
    } else if (outcome instanceof Outcome.Completed<String> done && done.value() != null) {
      if (ledger.complete(index, done.value())) {
        everCompleted.increment();
        if (index >= countedFrom) {
          completed.increment();
          latencies.recordValue(Math.max(0, System.nanoTime() - from));
        }
      } else {
        failures.wrongResult(id);
      }
    } else if (outcome != null) {
      failures.ended(id, outcome);
    }
    gate.leave();
  }

  private static void waitUntil(long due, long end) {
    for (long left = Math.min(due, end) - System.nanoTime();
        left > 0;
        left = Math.min(due, end) - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
