package io.millrace.cli;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.InstanceHistory;
import io.millrace.engine.Millrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace import}: brings an exported instance into a data directory. */
@Command(
    name = "import",
    description = {
      "Brings an instance that './millrace export' wrote, and that has ended, into a data directory that no engine has open.",
      "Its id must be free there. A running engine does the same by Instances.bringIn."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "data directory; made if absent")
  Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "FILE", description = "what was exported")
  Path file = Path.of("");

  @Option(names = "--json", description = "prints what was brought in as JSON")
  boolean json;

  @Override
  public Integer call() throws IOException {
    InstanceHistory history = InstanceHistory.read(file);
    // Plain files need no flags of the JVM, and go on after a journal of either kind.
    try (Millrace millrace = Millrace.builder(directory).journal(JournalKind.FILES).open()) {
      millrace.instances().bringIn(history);
    }
    String status = history.instance().status().name().toLowerCase(Locale.ROOT);
    if (json) {
      Map<String, @Nullable Object> brought = new LinkedHashMap<>();
      brought.put("id", history.instance().id());
      brought.put("status", status);
      brought.put("turns", history.turns().size());
      spec.commandLine().getOut().println(Json.of(brought));
    } else {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "brought in %s, %s, %,d turns%n",
              history.instance().id(),
              status,
              history.turns().size());
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
