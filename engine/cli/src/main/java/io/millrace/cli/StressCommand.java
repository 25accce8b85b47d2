package io.millrace.cli;

import io.millrace.jmh.stress.StressOptions.Sabotage;
import io.millrace.jmh.stress.StressOptions.StoreKind;
import io.millrace.jmh.stress.StressReport;
import io.millrace.jmh.stress.StressRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace stress}: the reference workload, measured and checked. */
@Command(
    name = "stress",
    description = {
      "Runs fan-out orchestrations through the whole engine, reports what it did, then opens the"
          + " directory again and checks",
      "every one of them. Exits with 0 only if all completed and the check found nothing wrong."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class StressCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "data directory; a fresh temporary one, removed afterwards, if not given")
  @Nullable Path directory;

  @Mixin StressArguments arguments = new StressArguments();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes the figures as one JSON object")
  @Nullable Path json;

  @Option(names = "--sabotage", hidden = true, converter = SabotageConverter.class)
  Sabotage sabotage = Sabotage.NONE;

  @Override
  public Integer call() throws IOException, InterruptedException {
    arguments.check(spec.commandLine());
    StressReport report;
    try (ConsoleProgress progress = ConsoleProgress.ofStandardError()) {
      if (directory != null || arguments.store == StoreKind.MEMORY) {
        Path where = directory == null ? Path.of("") : directory;
        report = StressRun.run(arguments.options(where, sabotage), progress);
      } else {
        try (TemporaryDirectory temporary = TemporaryDirectory.create("millrace-stress-")) {
          report = StressRun.run(arguments.options(temporary.path(), sabotage), progress);
        }
      }
    }
    spec.commandLine().getOut().print(StressText.of(report));
    spec.commandLine().getOut().flush();
    if (json != null) {
      Files.writeString(json, StressJson.of(report));
    }
    if (!report.passed()) {
      throw new RunFailedException(StressText.whyFailed(report));
    }
    return 0;
  }
}
