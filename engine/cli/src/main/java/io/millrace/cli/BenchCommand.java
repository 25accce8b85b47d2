package io.millrace.cli;

import io.millrace.jmh.bench.BenchOptions;
import io.millrace.jmh.bench.BenchReport;
import io.millrace.jmh.bench.BenchRun;
import io.millrace.jmh.bench.Effort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace bench}: what each layer gains, measured by JMH and reported. */
@Command(
    name = "bench",
    description = {
      "Measures each layer with JMH and writes a report: report.md, report.html with charts, and"
          + " JMH's own results.",
      "Figures of a machine that does other work meanwhile are worth nothing."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class BenchCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description =
          "one suite, or all; a name that is none gets the list of them; neighbours, which are"
              + " heavy, are built when they are first asked for")
  String suite = BenchOptions.ALL;

  @Option(names = "--quick", description = "takes minutes, and gives coarser figures")
  boolean quick;

  @Option(names = "--smoke", hidden = true)
  boolean smoke;

  @Option(names = "--out", paramLabel = "DIR", description = "folder of the report")
  Path out = Path.of("bench-report");

  @Option(
      names = "--fixtures",
      paramLabel = "DIR",
      description =
          "folder of data directories that are made once, with up to 10 million instances, and used"
              + " again")
  Path fixtures = Path.of("bench-fixtures");

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    Effort effort = smoke ? Effort.SMOKE : quick ? Effort.QUICK : Effort.FULL;
    BenchReport report;
    try (ConsoleProgress progress = ConsoleProgress.ofStandardError()) {
      report = BenchRun.run(new BenchOptions(suite, effort, out, fixtures), progress::share);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--suite: " + e.getMessage(), e);
    }
    spec.commandLine()
        .getOut()
        .println(
            "report: "
                + out.resolve("report.html")
                + " and report.md; targets missed: "
                + report.missed()
                + (report.failed() == 0
                    ? ""
                    : "; benchmarks that failed: " + report.failed() + " (see bench.log)"));
    spec.commandLine().getOut().flush();
    return report.failed() == 0 ? 0 : 1;
  }
}
