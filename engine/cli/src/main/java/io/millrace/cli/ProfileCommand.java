package io.millrace.cli;

import io.millrace.jmh.profile.ProfileRun;
import io.millrace.jmh.stress.StressOptions.Sabotage;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace profile}: where time and memory go. */
@Command(
    name = "profile",
    description = {
      "Runs the stress workload, and rung 0 of the ladder for comparison, under the JVM's flight"
          + " recorder, and draws flame",
      "graphs of processor time and of allocations: a page for each, and index.html with both runs"
          + " side by side.",
      "To see the engine and not the activities' sleep: --activity-delay 0ms --in-flight 1000"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class ProfileCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(names = "--out", paramLabel = "DIR", description = "folder of the pages")
  Path out = Path.of("profile-report");

  @Mixin StressArguments arguments = new StressArguments();

  @Override
  public Integer call() throws Exception {
    arguments.check(spec.commandLine());
    if (arguments.inFlight == 0) {
      throw new ParameterException(
          spec.commandLine(), "--in-flight must be above 0: an idle engine has no profile");
    }
    Path page;
    try (TemporaryDirectory temporary = TemporaryDirectory.create("millrace-profile-")) {
      page = ProfileRun.run(arguments.options(temporary.path(), Sabotage.NONE), out);
    }
    spec.commandLine().getOut().println("side by side: " + page);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
