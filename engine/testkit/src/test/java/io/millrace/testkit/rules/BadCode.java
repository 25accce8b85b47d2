package io.millrace.testkit.rules;

import io.millrace.engine.OrchestrationContext;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Orchestrations as they should not be. */
@SuppressWarnings({"all", "JavaTimeDefaultTimeZone", "JavaUtilDate", "FutureReturnValueIgnored"})
final class BadCode {

  private BadCode() {}

  static final class Clocks {
    static String run(OrchestrationContext ctx, String name) {
      Supplier<LocalDate> today = LocalDate::now;
      return name + Instant.now() + System.nanoTime() + new Date() + today.get();
    }
  }

  static final class Randomness {
    static String run(OrchestrationContext ctx, String name) {
      return name
          + UUID.randomUUID()
          + new Random().nextInt()
          + ThreadLocalRandom.current().nextInt()
          + Math.random();
    }
  }

  static final class Threads {
    static String run(OrchestrationContext ctx, String name) throws Exception {
      Thread.sleep(10);
      Executors.newSingleThreadExecutor().execute(() -> {});
      new Thread(() -> {}).start();
      List.of(1).parallelStream().count();
      return CompletableFuture.supplyAsync(() -> name).get();
    }
  }

  static final class InputOutput {
    static String run(OrchestrationContext ctx, String name) throws IOException {
      System.out.println(name);
      new Socket("localhost", 1).close();
      return Files.readString(Path.of(name)) + System.getenv("HOME");
    }
  }

  static final class Statics {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int[] TABLE = {1, 2};
    private static int last;

    static String run(OrchestrationContext ctx, String name) {
      last = COUNT.incrementAndGet();
      return name + last + TABLE[0];
    }
  }

  /** The clock is two calls away. */
  static final class Indirect {
    static String run(OrchestrationContext ctx, String name) {
      return first(name);
    }

    private static String first(String name) {
      return List.of(name).stream().map(Helper::second).findFirst().orElse("");
    }
  }

  static final class Helper {
    static String second(String name) {
      return name + System.currentTimeMillis();
    }
  }
}
