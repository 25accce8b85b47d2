package io.millrace.jmh.neighbours;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps so many fan-outs in flight for a while, lets them end, and checks each answer. One thread
 * starts; answers are counted by the threads that bring them.
 */
final class Load {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Product.Running product;
  // written by: the starting thread
  private long started;

  Load(Product.Running product) {
    this.product = product;
  }

  /**
   * What came of it.
   *
   * @param completed fan-outs
   * @param seconds from the first start to the last answer
   * @param latencies nanoseconds from a start to its answer
   */
  record Result(long completed, double seconds, Histogram latencies) {
    double perSecond() {
      return completed / seconds;
    }
  }

  /** One run under way. */
  private static final class Count {
    private final Recorder latencies = new Recorder(TimeUnit.MINUTES.toNanos(10), 3);
    private final LongAdder completed = new LongAdder();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    void ended(long number, long from, @Nullable String answer, @Nullable Throwable failed) {
      if (failed != null) {
        failure.compareAndSet(null, failed);
      } else if (!FanOut.expected(number).equals(answer)) {
        failure.compareAndSet(
            null,
            new IllegalStateException(
                "expected answer="
                    + FanOut.expected(number)
                    + " found answer="
                    + answer
                    + " number="
                    + number));
      } else {
        latencies.recordValue(System.nanoTime() - from);
        completed.increment();
      }
    }

    void check() {
      Throwable first = failure.get();
      if (first != null) {
        throw new IllegalStateException("an orchestration failed", first);
      }
    }
  }

  /**
   * Runs. Blocks until all that was started has ended.
   *
   * @throws IllegalStateException if one failed, had a wrong answer, or none came for a long while
   */
  Result run(int inFlight, Duration howLong) throws Exception {
    Count count = new Count();
    Semaphore permits = new Semaphore(inFlight);
    long begun = System.nanoTime();
    long end = begun + howLong.toNanos();
    while (permits.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
      if (System.nanoTime() - end >= 0) {
        permits.release();
        break;
      }
      count.check();
      long number = ++started;
      long from = System.nanoTime();
      var unused =
          product
              .start(number)
              .whenComplete(
                  (answer, failed) -> {
                    count.ended(number, from, answer, failed);
                    permits.release();
                  });
    }
    drain(permits, inFlight, count);
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Result(count.completed.sum(), seconds, count.latencies.getIntervalHistogram());
  }

  private static void drain(Semaphore permits, int inFlight, Count count)
      throws InterruptedException {
    long before = count.completed.sum();
    while (!permits.tryAcquire(inFlight, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      count.check();
      long completed = count.completed.sum();
      if (completed == before) {
        throw new IllegalStateException(
            "no answer came within seconds="
                + PATIENCE.toSeconds()
                + ", left="
                + (inFlight - permits.availablePermits()));
      }
      before = completed;
    }
    count.check();
  }

  /**
   * Checks that the store holds as completed all that was started, in all runs.
   *
   * @throws IllegalStateException if it does not within a while
   */
  void verify() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long found = product.completedInStore();
    // Some engines answer first and tidy up their own rows afterwards.
    while (found != started && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
      found = product.completedInStore();
    }
    if (found != started) {
      throw new IllegalStateException(
          "expected completed in the store=" + started + " found=" + found);
    }
  }
}
