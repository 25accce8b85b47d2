package io.millrace.cli;

import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import io.millrace.jmh.stress.StressOptions;
import io.millrace.jmh.stress.StressOptions.Sabotage;
import io.millrace.jmh.stress.StressOptions.StoreKind;
import io.millrace.jmh.stress.StressReport;
import io.millrace.jmh.stress.StressRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace onlookers}: what it costs an engine to be looked at. */
@Command(
    name = "onlookers",
    description = {
      "Runs the stress workload alone and with an onlooker, in turns: another process that holds one read view of the store open",
      "all the time, looks at the live figures ten times a second and inspects once a second. Reports by how much the throughput",
      "falls; every run is checked as './millrace stress' does."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class OnlookersCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(names = "--rounds", paramLabel = "N", description = "runs of each kind")
  int rounds = 2;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how long each run is, and the view is open at the least",
      defaultValue = "60s")
  Duration duration = Duration.ofSeconds(60);

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "before each",
      defaultValue = "2s")
  Duration warmup = Duration.ofSeconds(2);

  @Option(
      names = "--activity-delay",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how long each activity blocks its worker",
      defaultValue = "0ms")
  Duration activityDelay = Duration.ZERO;

  @Option(names = "--in-flight", paramLabel = "N", description = "orchestrations kept running")
  int inFlight = 200;

  @Option(names = "--journal", description = "${COMPLETION-CANDIDATES}")
  JournalKind journal = JournalKind.CHRONICLE;

  @Option(names = "--json", description = "prints the runs as JSON")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Grid grid =
        Grid.of("round", "kind", "orchestrations/s", "engine CPU us each", "p99 ms", "onlooker");
    double alone = 0;
    double watched = 0;
    for (int round = 1; round <= rounds; round++) {
      alone += run(grid, round, false);
      watched += run(grid, round, true);
    }
    double fall = 100 * (1 - watched / alone);
    if (json) {
      spec.commandLine().getOut().println(Json.of(grid.objects()));
    } else {
      spec.commandLine().getOut().print(grid.text());
      spec.commandLine()
          .getOut()
          .printf(Locale.ROOT, "throughput falls by %.1f %% while somebody looks%n", fall);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private double run(Grid grid, int round, boolean watch) throws IOException, InterruptedException {
    try (TemporaryDirectory folder = TemporaryDirectory.create("millrace-onlookers-")) {
      Path directory = folder.path().resolve("data");
      Process onlooker = watch ? onlooker(directory) : null;
      StressReport report;
      String saw = null;
      try (ConsoleProgress progress = ConsoleProgress.ofStandardError()) {
        report = StressRun.run(options(directory, round), progress);
        saw = onlooker == null ? null : saw(onlooker);
      } finally {
        if (onlooker != null) {
          onlooker.destroyForcibly().waitFor();
        }
      }
      if (!report.passed()) {
        throw new RunFailedException(StressText.whyFailed(report));
      }
      double perSecond = report.orchestrationsPerSecond();
      grid.add(
          round,
          watch ? "watched" : "alone",
          Math.round(perSecond),
          Math.round(report.cost().cpuSeconds() * 1e6 / Math.max(1, report.completed())),
          report.latencies().getValueAtPercentile(99) / 1e6,
          saw);
      return perSecond;
    }
  }

  private static Process onlooker(Path directory) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Onlooker.class.getName());
    command.add(directory.toString());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Returns what it saw; it ends by itself once the engine has closed. */
  private static String saw(Process onlooker) throws IOException {
    StringBuilder said = new StringBuilder();
    try (BufferedReader output = onlooker.inputReader(StandardCharsets.UTF_8)) {
      for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(Onlooker.SAW)) {
          return line.substring(Onlooker.SAW.length());
        }
        said.append(line).append(System.lineSeparator());
      }
    }
    throw new RunFailedException("the onlooker saw nothing; it said: " + said);
  }

  private StressOptions options(Path directory, int round) {
    return new StressOptions(
        directory,
        StoreKind.SQLITE,
        journal,
        2,
        2,
        inFlight,
        5,
        activityDelay,
        duration,
        warmup,
        0,
        0,
        round,
        Durability.SYNCED,
        FlushPolicy.balanced(),
        Sabotage.NONE);
  }
}
