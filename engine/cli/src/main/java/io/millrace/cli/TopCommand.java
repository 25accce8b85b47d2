package io.millrace.cli;

import io.millrace.buffer.CountersLook;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace top}: what a running engine does, from another process. */
@Command(
    name = "top",
    description = {
      "Shows what the engine on a data directory does: rates, lag, forces, health, and what user code has run longest. Reads the",
      "page of live figures that the engine writes ten times a second, and disturbs nobody; if the engine has ended it says so.",
      "On a terminal the view is drawn again until Ctrl-C; elsewhere it is printed once."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class TopCommand implements Callable<Integer> {

  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "data directory")
  Path directory = Path.of("");

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "1s",
      description = "between two looks; rates are told over it")
  Duration interval = Duration.ofSeconds(1);

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "views to print; 0 for as many as there are until Ctrl-C",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  @Nullable Integer count;

  @Option(names = "--once", description = "prints one view")
  boolean once;

  @Option(names = "--json", description = "prints each view as a JSON object")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LiveDirectory live = LiveDirectory.at(directory);
    boolean terminal = !json && !once && "1".equals(System.getenv("MILLRACE_TERMINAL"));
    int views = once ? 1 : count == null ? (terminal ? 0 : 1) : count;
    CountersLook before = null;
    Seen seen = look(live, null);
    for (int shown = 0; views == 0 || shown < views; shown++) {
      if (seen.goesOn()) {
        // Without two looks there is no rate.
        before = seen.now();
        Thread.sleep(interval.toMillis());
        seen = look(live, before);
      }
      print(seen, terminal);
      if (!seen.goesOn()) {
        break;
      }
    }
    return 0;
  }

  private Seen look(LiveDirectory live, @Nullable CountersLook before) throws IOException {
    Seen seen = Seen.look(live.path(), before);
    if (seen == null) {
      throw new ParameterException(
          spec.commandLine(),
          "no engine has shown figures in this directory, path="
              + directory
              + "; open it with this version, or see './millrace inspect'");
    }
    return seen;
  }

  private void print(Seen seen, boolean terminal) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.of(SeenJson.of(seen)));
    } else {
      out.print((terminal ? HOME_AND_CLEAR : "") + SeenText.of(seen));
    }
    out.flush();
  }
}
