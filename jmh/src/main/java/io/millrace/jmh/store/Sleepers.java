package io.millrace.jmh.store;

import io.millrace.buffer.Durability;
import io.millrace.buffer.SyncPolicy;
import io.millrace.engine.InstanceInfo;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what instances that wait a year cost: {@code Sleepers DIRECTORY COUNT} fills a
 * directory, then opens it and says how long that took and how much memory is in use.
 */
final class Sleepers {

  private static final Orchestration<String, String> SLEEP =
      Orchestration.named("sleep", String.class, String.class);

  private Sleepers() {}

  /** Fills, if a count is given, and opens. */
  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    if (arguments.length > 1) {
      fill(directory, Integer.parseInt(arguments[1]));
    }
    long before = System.nanoTime();
    try (Millrace millrace = builder(directory).open()) {
      long millis = (System.nanoTime() - before) / 1_000_000;
      System.out.println("opened in ms=" + millis + " live=" + millrace.statistics().live());
      System.out.println("in use MiB=" + usedMib());
      before = System.nanoTime();
      InstanceInfo info = millrace.info("s7").orElseThrow();
      millrace.terminate("s7", "measured");
      long micros = (System.nanoTime() - before) / 1_000;
      System.out.println("read and terminated " + info.id() + " in us=" + micros);
    }
  }

  private static MillraceBuilder builder(Path directory) {
    return Millrace.builder(directory)
        .sync(SyncPolicy.never())
        .durability(Durability.APPENDED)
        // What the store lags behind is in memory too: a small heap wants a small lag.
        .buffer(options -> options.lagBytesMax(16L << 20).lagBytesHard(32L << 20))
        .orchestration(
            SLEEP,
            (context, input) -> {
              context.sleep(Duration.ofDays(365)).await();
              return input;
            });
  }

  private static void fill(Path directory, int count) {
    try (Millrace millrace = builder(directory).open()) {
      long before = System.nanoTime();
      List<CompletableFuture<?>> under = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        under.add(millrace.startAsync(SLEEP, "s" + i, "x"));
        if (under.size() == 10_000) {
          under.forEach(CompletableFuture::join);
          under.clear();
        }
        if (i % 250_000 == 0) {
          System.out.println(
              "started="
                  + i
                  + " live="
                  + millrace.statistics().live()
                  + " in use MiB="
                  + usedMib());
        }
      }
      under.forEach(CompletableFuture::join);
      // As long as it takes, for it is a measurement, but without burning a core.
      while (millrace.statistics().turns() < count) {
        LockSupport.parkNanos(1_000_000);
      }
      System.out.println(
          "filled in s="
              + (System.nanoTime() - before) / 1_000_000_000
              + " live="
              + millrace.statistics().live()
              + " in use MiB="
              + usedMib());
    }
  }

  private static long usedMib() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
