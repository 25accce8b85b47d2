package io.millrace.jmh.replay;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.engine.Activity;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a step costs in an orchestration that awaits so many activities, one after the other:
 * synced, by wall and by the CPU of the whole process. Each length takes as many steps in all, and
 * the lengths take turns, so that a noisy machine is unfair to none.
 */
final class LongHistoryCost {

  private static final int[] LENGTHS = {50, 500, 5_000};
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final Orchestration<Integer, Long> STEPS =
      Orchestration.named("steps", Integer.class, Long.class);
  private static final Activity<Integer, Integer> STEP =
      Activity.named("step", Integer.class, Integer.class);

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Millrace millrace;
  private int instances;

  private LongHistoryCost(Millrace millrace) {
    this.millrace = millrace;
  }

  /**
   * Measures.
   *
   * @param arguments how many rounds; the first of them warms up and is printed all the same
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("millrace-steps-");
    try (Millrace millrace =
        Millrace.builder(directory)
            .orchestration(
                STEPS,
                (context, count) -> {
                  long sum = 0;
                  for (int i = 0; i < count; i++) {
                    sum += context.call(STEP, i).await();
                  }
                  return sum;
                })
            .activity(STEP, input -> input + 1)
            .open()) {
      LongHistoryCost cost = new LongHistoryCost(millrace);
      for (int round = 0; round < rounds; round++) {
        for (int length : LENGTHS) {
          cost.measure(round, length);
        }
      }
    } finally {
      remove(directory);
    }
  }

  private void measure(int round, int length) {
    int steps = LENGTHS[LENGTHS.length - 1];
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    for (int done = 0; done < steps; done += length) {
      long sum = millrace.start(STEPS, "i" + instances++, length).result(LONG);
      if (sum != length * (length + 1L) / 2) {
        throw new IllegalStateException("expected the sum of all steps, sum=" + sum);
      }
    }
    wall = System.nanoTime() - wall;
    cpu = system.getProcessCpuTime() - cpu;
    System.out.printf(
        Locale.ROOT,
        "round=%d length=%d  wall %.1f us a step  cpu %.1f us a step%n",
        round,
        length,
        wall / 1e3 / steps,
        cpu / 1e3 / steps);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      found.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
