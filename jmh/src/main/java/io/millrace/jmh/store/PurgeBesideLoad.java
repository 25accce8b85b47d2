package io.millrace.jmh.store;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.storage.orchestration.InstanceFilter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * What others feel of a purge: start-to-result times of a running load while nothing else happens,
 * while finished instances are purged and their rows swept, and afterwards. The load is a fixed
 * number in flight of orchestrations with five activities that take no time, synced.
 */
final class PurgeBesideLoad {

  private static final int ACTIVITIES = 5;
  private static final int FILLING_IN_FLIGHT = 1_000;
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * Rows are swept in the background; with more of them than this takes, the rest goes on unseen.
   */
  private static final long SWEEP_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

  private static final Activity<String, String> TASK =
      Activity.named("task", String.class, String.class);
  private static final Orchestration<String, String> FLOW =
      Orchestration.named("fan-out", String.class, String.class);

  private final Millrace millrace;
  private final Recorder latencies = new Recorder(TimeUnit.MINUTES.toNanos(10), 3);
  private final AtomicLong failures = new AtomicLong();
  private long started;

  private PurgeBesideLoad(Millrace millrace) {
    this.millrace = millrace;
  }

  /**
   * Measures.
   *
   * @param arguments how many instances are purged, how many are in flight beside it, and how many
   *     seconds each of the two quiet times takes
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    int inFlight = Integer.parseInt(arguments[1]);
    long quietNanos = TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[2]));
    Path directory = Files.createTempDirectory("millrace-purge-");
    try (Millrace millrace =
        Millrace.builder(directory)
            .orchestration(FLOW, PurgeBesideLoad::fanOut)
            .activity(TASK, input -> input)
            .open()) {
      PurgeBesideLoad measure = new PurgeBesideLoad(millrace);
      measure.fill(count);
      measure.compare(count, inFlight, quietNanos);
    } finally {
      remove(directory);
    }
  }

  private static String fanOut(OrchestrationContext context, String input) {
    List<DurableFuture<String>> tasks = new ArrayList<>(ACTIVITIES);
    for (int task = 0; task < ACTIVITIES; task++) {
      tasks.add(context.call(TASK, input + task));
    }
    return context.all(tasks).await().size() + " tasks";
  }

  private void fill(int count) throws InterruptedException {
    long end = started + count;
    run("old-", FILLING_IN_FLIGHT, () -> started < end);
    latencies.getIntervalHistogram();
  }

  private void compare(int count, int inFlight, long quietNanos) throws InterruptedException {
    quiet(inFlight, quietNanos); // warms up, and lets the filling reach the store
    Histogram before = quiet(inFlight, quietNanos);
    print("quiet", before);
    Thread purge = purging(count);
    long sweptBefore = millrace.statistics().treesSwept();
    long begun = System.nanoTime();
    purge.start();
    run("purging-", inFlight, purge::isAlive);
    Histogram beside = latencies.getIntervalHistogram();
    print("purging", beside);
    say("purged", count, begun);
    long sweepEnd = System.nanoTime() + SWEEP_NANOS_MAX;
    run("sweeping-", inFlight, () -> swept(sweptBefore) < count && System.nanoTime() < sweepEnd);
    Histogram sweeping = latencies.getIntervalHistogram();
    print("sweeping", sweeping);
    say("swept", swept(sweptBefore), begun);
    Histogram after = quiet(inFlight, quietNanos);
    print("quiet again", after);
    double quietNow = (before.getValueAtPercentile(99) + after.getValueAtPercentile(99)) / 2.0;
    System.out.printf(
        Locale.ROOT,
        "p99 against that of the quiet times: purging = %.2f, sweeping = %.2f  failures=%d%n",
        beside.getValueAtPercentile(99) / quietNow,
        sweeping.getValueAtPercentile(99) / quietNow,
        failures.get());
  }

  private long swept(long before) {
    return millrace.statistics().treesSwept() - before;
  }

  private static void say(String what, long count, long begun) {
    System.out.printf(
        Locale.ROOT,
        "%s instances=%d after s=%.1f%n",
        what,
        count,
        (System.nanoTime() - begun) / 1e9);
  }

  private Thread purging(int count) {
    return new Thread(
        () -> {
          int purged = millrace.instances().purge(InstanceFilter.ALL.withIdPrefix("old-"));
          if (purged != count) {
            failures.incrementAndGet();
          }
        },
        "purge");
  }

  private Histogram quiet(int inFlight, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    run("quiet-", inFlight, () -> System.nanoTime() < end);
    return latencies.getIntervalHistogram();
  }

  /** Keeps so many in flight as long as it is so, then waits for the last. */
  private void run(String prefix, int inFlight, BooleanSupplier more) throws InterruptedException {
    Semaphore permits = new Semaphore(inFlight);
    while (more.getAsBoolean()) {
      permits.acquire();
      long from = System.nanoTime();
      var unused =
          millrace
              .startAsync(FLOW, prefix + started++, "x")
              .thenCompose(InstanceHandle::resultAsync)
              .whenComplete(
                  (result, failure) -> {
                    if (failure != null) {
                      failures.incrementAndGet();
                    }
                    latencies.recordValue(System.nanoTime() - from);
                    permits.release();
                  });
    }
    permits.acquire(inFlight);
  }

  private static void print(String what, Histogram found) {
    System.out.printf(
        Locale.ROOT,
        "%-12s p50=%.2f ms  p99=%.2f ms  p99.9=%.2f ms  max=%.2f ms  of %d%n",
        what,
        found.getValueAtPercentile(50) / NANOS_PER_MILLI,
        found.getValueAtPercentile(99) / NANOS_PER_MILLI,
        found.getValueAtPercentile(99.9) / NANOS_PER_MILLI,
        found.getMaxValue() / NANOS_PER_MILLI,
        found.getTotalCount());
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      found.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
