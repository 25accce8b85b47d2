package io.millrace.jmh.metrics;

import io.millrace.engine.Millrace;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.stress.Measured;
import io.millrace.jmh.stress.StressOptionsBuilder;
import io.millrace.jmh.stress.Workload;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What watching an engine costs it: the same load without and with each way of watching, in turns
 * in one JVM, so that a noisy machine is unfair to none. Ratios are those of the medians.
 */
final class MetricsCost {

  private static final int IN_FLIGHT = 1_000;
  private static final int LOOKS = 5_000;
  private static final Duration SETTLING = Duration.ofMillis(500);

  private final Path folder;
  private final Duration load;
  private final Map<Watching, List<Run>> runs = new EnumMap<>(Watching.class);
  private long seed;

  private MetricsCost(Path folder, Duration load) {
    this.folder = folder;
    this.load = load;
  }

  /** One run. */
  private record Run(double perSecond, double cpuMicros) {}

  /**
   * Measures.
   *
   * @param arguments how many rounds, and how many milliseconds each run is counted
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("millrace-metrics-");
    try {
      Duration load = Duration.ofMillis(Long.parseLong(arguments[1]));
      new MetricsCost(folder, load).measure(rounds);
    } finally {
      Folders.remove(folder);
    }
  }

  private void measure(int rounds) throws Exception {
    Watching[] ways = Watching.values();
    var unused = run(Watching.ALL, load.multipliedBy(2));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < ways.length; i++) {
        // Each way is first as often as every other.
        Watching way = ways[(i + round) % ways.length];
        Run run = run(way, load);
        runs.computeIfAbsent(way, key -> new ArrayList<>()).add(run);
        System.out.printf(
            Locale.ROOT,
            "round %d  %-10s  %,8.0f orch/s  %5.1f us of processor time each%n",
            round + 1,
            way.text(),
            run.perSecond(),
            run.cpuMicros());
      }
    }
    for (Watching way : ways) {
      say(way);
    }
    looks();
  }

  /** One look by itself: what a look each second costs cannot be more than this each second. */
  private void looks() throws Exception {
    Folders.empty(folder);
    Workload workload = new Workload(new StressOptionsBuilder(folder).seed(++seed).build());
    try (Millrace millrace = workload.register(Millrace.builder(folder)).open()) {
      var unused = workload.measure(millrace, SETTLING).requireSuccess();
      look("snapshot", Watching.snapshot(millrace));
      look("micrometer", Watching.micrometer(millrace));
    }
  }

  private static void look(String name, Runnable look) {
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < 2 * LOOKS; i++) {
      long begun = System.nanoTime();
      look.run();
      if (i >= LOOKS) {
        micros.add((System.nanoTime() - begun) / 1e3);
      }
    }
    System.out.printf(
        Locale.ROOT, "one look  %-10s  %.1f us, median of %,d%n", name, median(micros), LOOKS);
  }

  private Run run(Watching way, Duration howLong) throws Exception {
    Folders.empty(folder);
    Workload workload =
        new Workload(new StressOptionsBuilder(folder).inFlight(IN_FLIGHT).seed(++seed).build());
    try (Millrace millrace = workload.register(Millrace.builder(folder)).open();
        Closeable watching = way.begin(millrace)) {
      var unused = workload.measure(millrace, SETTLING).requireSuccess();
      Measured measured = workload.measure(millrace, howLong).requireSuccess();
      return new Run(measured.perSecond(), measured.cost().cpuNanos() / 1e3 / measured.completed());
    }
  }

  private void say(Watching way) {
    System.out.printf(
        Locale.ROOT,
        "median    %-10s  %,8.0f orch/s  %5.1f us; against off: throughput %.3f, processor time %.3f%n",
        way.text(),
        perSecond(way),
        cpuMicros(way),
        perSecond(way) / perSecond(Watching.OFF),
        cpuMicros(way) / cpuMicros(Watching.OFF));
  }

  private double perSecond(Watching way) {
    return median(runs.getOrDefault(way, List.of()).stream().map(Run::perSecond).toList());
  }

  private double cpuMicros(Watching way) {
    return median(runs.getOrDefault(way, List.of()).stream().map(Run::cpuMicros).toList());
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
