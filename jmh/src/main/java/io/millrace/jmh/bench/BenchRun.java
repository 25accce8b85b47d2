package io.millrace.jmh.bench;

import io.millrace.buffer.internal.segment.chronicle.JvmFlags;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs suites and writes the report. */
public final class BenchRun {

  /** Where forks find the folder that they may write to. */
  public static final String FOLDER_PROPERTY = "millrace.bench.folder";

  private final BenchOptions options;
  private final BenchProgress progress;
  private final List<String> remarks = new ArrayList<>();

  private BenchRun(BenchOptions options, BenchProgress progress) {
    this.options = options;
    this.progress = progress;
  }

  /** Returns all suites on the class path, in a fixed order. */
  public static List<BenchSuite> suites() {
    return ServiceLoader.load(BenchSuite.class).stream()
        .map(ServiceLoader.Provider::get)
        .collect(Collectors.toList());
  }

  /**
   * Runs. Blocks until the report is written: {@code report.md} with its {@code charts}, {@code
   * report.html}, {@code bench.log} and one {@code *.json.gz} of JMH's own for each run.
   *
   * @throws IllegalArgumentException if there is no such suite; the message names those there are
   * @throws IOException if the report cannot be written
   * @throws RunnerException if JMH could not run
   * @throws InterruptedException if the calling thread was interrupted
   */
  public static BenchReport run(BenchOptions options, BenchProgress progress)
      throws IOException, RunnerException, InterruptedException {
    return new BenchRun(options, progress).run();
  }

  private BenchReport run() throws IOException, RunnerException, InterruptedException {
    List<BenchSuite> chosen = chosen();
    Files.createDirectories(options.out());
    List<BenchReport.Part> parts = new ArrayList<>();
    Path work = Files.createDirectories(work());
    var machine = Machine.describe(work, options.effort());
    try (PrintStream log =
        new PrintStream(
            Files.newOutputStream(options.out().resolve("bench.log")),
            true,
            StandardCharsets.UTF_8)) {
      for (int i = 0; i < chosen.size(); i++) {
        BenchSuite suite = chosen.get(i);
        if (suite.refusal().isEmpty()) {
          Effort effort = affordable(suite);
          remarks.addAll(suite.leftOut(effort));
          parts.add(run(suite, effort, i, chosen.size(), log));
        } else {
          remarks.add("suite " + suite.name() + " was not run: " + suite.refusal());
        }
      }
    }
    Folders.remove(work);
    BenchReport report = new BenchReport(machine, List.copyOf(remarks), List.copyOf(parts));
    write(report);
    progress.at(1, "done");
    return report;
  }

  private List<BenchSuite> chosen() {
    List<BenchSuite> all = suites();
    if (options.suite().equals(BenchOptions.ALL)) {
      return all;
    }
    List<BenchSuite> named = all.stream().filter(s -> s.name().equals(options.suite())).toList();
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no such suite on the class path, suite="
              + options.suite()
              + "; there are: all, "
              + all.stream().map(BenchSuite::name).collect(Collectors.joining(", ")));
    }
    return named;
  }

  private Effort affordable(BenchSuite suite) throws IOException {
    long free = Files.getFileStore(options.out()).getUsableSpace();
    for (Effort effort : List.of(Effort.FULL, Effort.QUICK, Effort.SMOKE)) {
      if (effort.compareTo(options.effort()) <= 0 && suite.diskBytes(effort) <= free) {
        if (effort != options.effort()) {
          remarks.add(
              "suite "
                  + suite.name()
                  + " was scaled down for want of disk space: asked for "
                  + options.effort()
                  + ", ran "
                  + effort
                  + ", freeMiB="
                  + (free >> 20)
                  + " neededMiB="
                  + (suite.diskBytes(options.effort()) >> 20));
        }
        return effort;
      }
    }
    throw new IOException(
        "too little disk space for suite "
            + suite.name()
            + ": free some, or name another --out, freeMiB="
            + (free >> 20));
  }

  private BenchReport.Part run(
      BenchSuite suite, Effort effort, int index, int suites, PrintStream log)
      throws RunnerException, IOException {
    List<Figure> figures = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    List<Plan> plans = suite.plans(effort);
    for (int i = 0; i < plans.size(); i++) {
      Plan plan = plans.get(i);
      double done = (index + (double) i / plans.size()) / suites;
      double part = 1.0 / suites / plans.size();
      progress.at(done, suite.name());
      Path json = options.out().resolve(suite.name() + (i == 0 ? "" : "-" + i) + ".json");
      Watched watched =
          new Watched(
              OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL),
              log,
              share -> progress.at(done + share * part, suite.name()));
      for (RunResult result : measure(plan, json, watched)) {
        figures.add(Figure.of(result));
      }
      if (!plan.mayFail()) {
        failures.addAll(watched.failures());
      }
      compress(json);
    }
    return new BenchReport.Part(suite, List.copyOf(figures), Remarks.take(work()), failures);
  }

  private List<RunResult> measure(Plan plan, Path json, Watched watched) throws RunnerException {
    ChainedOptionsBuilder jmh =
        new OptionsBuilder()
            .include(plan.include())
            .forks(plan.forks())
            .warmupIterations(plan.warmups())
            .measurementIterations(plan.iterations())
            .warmupTime(TimeValue.milliseconds(plan.time().toMillis()))
            .measurementTime(TimeValue.milliseconds(plan.time().toMillis()))
            .addProfiler(FiguresProfiler.class)
            .addProfiler(GCProfiler.class)
            .jvmArgsAppend(JvmFlags.read().flags().toArray(String[]::new))
            .jvmArgsPrepend(RunContext.flags(work(), options.fixtures(), plan.time()))
            // An hour's run does not end with the one benchmark that failed: the report names it.
            .shouldFailOnError(false)
            .resultFormat(ResultFormatType.JSON)
            .result(json.toString());
    if (plan.threads() > 0) {
      jmh.threads(plan.threads());
    }
    plan.params()
        .forEach(
            (name, values) -> {
              if (!values.isEmpty()) {
                jmh.param(name, values.toArray(String[]::new));
              }
            });
    // Benchmarks without a fork run here, and look for their folder here.
    try (RunContext unused = RunContext.tell(work(), options.fixtures(), plan.time())) {
      return List.copyOf(new Runner(jmh.build(), watched).run());
    }
  }

  private Path work() {
    return options.out().toAbsolutePath().resolve("work");
  }

  private static void compress(Path json) throws IOException {
    Path packed = json.resolveSibling(json.getFileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(json, out);
    }
    Files.delete(json);
  }

  private void write(BenchReport report) throws IOException {
    Files.writeString(options.out().resolve("report.md"), MarkdownReport.of(report));
    Files.writeString(options.out().resolve("report.html"), HtmlReport.of(report));
    Path charts = Folders.empty(options.out().resolve(MarkdownReport.FOLDER));
    for (BenchReport.Part part : report.parts()) {
      for (Charts.Chart chart : Charts.of(part)) {
        Files.writeString(charts.resolve(chart.file()), chart.svg());
      }
    }
  }
}
