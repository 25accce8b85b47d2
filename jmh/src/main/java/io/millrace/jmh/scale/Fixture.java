package io.millrace.jmh.scale;

import io.millrace.engine.InstanceHandle;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.stress.StressOptionsBuilder;
import io.millrace.jmh.stress.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory with a great many instances, made once and used again. An engine makes one
 * instance; SQLite multiplies its rows, which is a hundred times faster than running them all.
 */
enum Fixture {

  /** Fan-outs that have completed. */
  FINISHED("finished") {
    @Override
    void makeOne(Path folder) throws InterruptedException {
      Workload workload =
          new Workload(
              new StressOptionsBuilder(folder)
                  .inFlight(1)
                  .times(Duration.ZERO, Duration.ofMillis(50))
                  .build());
      try (Millrace millrace = workload.register(Millrace.builder(folder)).open()) {
        var unused = workload.measure(millrace).requireSuccess();
      }
    }
  },

  /** Instances that wait for a year. */
  SLEEPING("sleeping") {
    @Override
    void makeOne(Path folder) throws InterruptedException {
      try (Millrace millrace = sleeper(Millrace.builder(folder)).open()) {
        InstanceHandle<String> handle = millrace.start(SLEEP, "asleep", "x");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (millrace.info(handle.id()).orElseThrow().turns() == 0) {
          if (System.nanoTime() - end > 0) {
            throw new IllegalStateException("expected a first turn, id=" + handle.id());
          }
          Thread.sleep(1);
        }
      }
    }
  };

  private static final Logger LOG = LoggerFactory.getLogger(Fixture.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String COMPLETE = "fixture-complete";

  /** Above this many times the size it was made with, what runs have added counts. */
  private static final double GROWTH_MAX = 1.2;

  private static final Orchestration<String, String> SLEEP =
      Orchestration.named("sleep", String.class, String.class);

  private final String name;

  Fixture(String name) {
    this.name = name;
  }

  /** Makes a directory with at least one instance to multiply. */
  abstract void makeOne(Path folder) throws InterruptedException;

  /** Registers the code of those that sleep. */
  static MillraceBuilder sleeper(MillraceBuilder builder) {
    return builder.orchestration(
        SLEEP,
        (context, input) -> {
          context.sleep(Duration.ofDays(365)).await();
          return input;
        });
  }

  /** Returns how many bytes its store has. */
  static long bytes(Path folder) throws IOException {
    return Folders.bytes(folder, "store.db");
  }

  /**
   * Returns the directory, and makes it first if it is not there, is not whole, or has grown by the
   * runs that used it.
   *
   * @param count how many instances
   */
  Path in(Path fixtures, int count) throws IOException, SQLException, InterruptedException {
    Path folder = fixtures.resolve(name + "-" + count);
    Path complete = fixtures.resolve(name + "-" + count + "." + COMPLETE);
    if (Files.exists(complete)
        && bytes(folder) < GROWTH_MAX * Long.parseLong(Files.readString(complete).strip())) {
      return folder;
    }
    Files.deleteIfExists(complete);
    Folders.remove(folder);
    Files.createDirectories(fixtures);
    long begun = System.nanoTime();
    makeOne(folder);
    Multiplier.multiply(folder.resolve("store.db"), count);
    Files.writeString(complete, Long.toString(bytes(folder)));
    LOG.info(
        "made a fixture, folder={} instances={} seconds={}",
        folder,
        count,
        (System.nanoTime() - begun) / 1_000_000_000);
    return folder;
  }
}
