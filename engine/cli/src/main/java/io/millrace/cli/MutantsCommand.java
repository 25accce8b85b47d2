package io.millrace.cli;

import io.millrace.campaigns.Sources;
import io.millrace.campaigns.mutation.MutationArea;
import io.millrace.campaigns.mutation.MutationEvidence;
import io.millrace.campaigns.mutation.MutationRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace mutants}: changes the code in small ways, and sees which the tests let pass. */
@Command(
    name = "mutants",
    description = {
      "Runs PIT over areas of the code, a few minutes each, and writes down in docs/evidence how"
          + " many of its changes the tests",
      "noticed, and which they did not. Needs Maven and the repository."
    },
    mixinStandardHelpOptions = true)
final class MutantsCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "AREA", arity = "1..*", description = "which: ${COMPLETION-CANDIDATES}")
  List<MutationArea> areas = List.of();

  @Option(names = "--read", description = "only reads the reports of the last runs")
  boolean read;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path repository = Sources.repositoryAround(Path.of(""));
    MutationEvidence evidence = new MutationEvidence(repository);
    for (MutationArea area : areas) {
      if (!read) {
        run(area, repository);
      }
      MutationRow row = evidence.record(area, Sources.of(repository), Clock.systemUTC());
      spec.commandLine()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s: %,d mutants, %,d noticed, %,d survived, %,d in code that no test of the area"
                      + " runs",
                  row.area(),
                  row.mutants(),
                  row.killed() + row.timedOut(),
                  row.survived(),
                  row.uncovered()));
    }
    evidence
        .survivors()
        .unexplained()
        .forEach(survivor -> spec.commandLine().getOut().println("no reason yet: " + survivor));
    return 0;
  }

  private static void run(MutationArea area, Path repository)
      throws IOException, InterruptedException {
    Process maven =
        new ProcessBuilder(area.command()).directory(repository.toFile()).inheritIO().start();
    if (maven.waitFor() != 0) {
      throw new RunFailedException("PIT failed, area=" + area.id() + "; its messages stand above");
    }
  }
}
