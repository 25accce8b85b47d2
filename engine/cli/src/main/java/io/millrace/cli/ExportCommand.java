package io.millrace.cli;

import io.millrace.engine.InstanceHistory;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.sqlite.SqliteLook;
import io.millrace.storage.sqlite.SqliteOpenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace export}: takes one instance's history out of a data directory. */
@Command(
    name = "export",
    description = {
      "Writes all that is kept of an instance into a file, for './millrace import', Instances.bringIn, or a replay test. The",
      "directory may be open elsewhere; what the store has not caught up with yet is not in the file."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofSeconds(30);

  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "data directory")
  Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "ID", description = "the instance's id")
  String id = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "FILE",
      description = "to be made; the id with .history if not given")
  @Nullable Path file;

  @Option(names = "--replace", description = "replaces a file that is there")
  boolean replace;

  @Option(names = "--json", description = "prints what was written as JSON")
  boolean json;

  @Override
  public Integer call() throws IOException, StoreException, SqliteOpenException {
    Path to = file == null ? Path.of(id.replaceAll("[^\\w.-]", "_") + ".history") : file;
    if (Files.exists(to) && !replace) {
      throw new ParameterException(
          spec.commandLine(),
          "expected a file that is not there, file=" + to + "; name another, or give --replace");
    }
    InstanceHistory history;
    try (SqliteLook look = SqliteLook.open(LiveDirectory.at(directory).storeFile(), LOOK);
        OrchestrationReader reader = look.read()) {
      history = history(reader);
    }
    history.write(to);
    say(history, to);
    return 0;
  }

  private InstanceHistory history(OrchestrationReader reader) throws StoreException {
    InstanceRow row = reader.instanceById(id);
    if (row == null) {
      throw new ParameterException(
          spec.commandLine(),
          "the store has no instance of that id; a very new one may not be in it yet, id=" + id);
    }
    List<ExecutionRow> executions =
        new ArrayList<>(reader.executions(row.number(), Integer.MAX_VALUE, Integer.MAX_VALUE));
    executions.sort(Comparator.comparingInt(ExecutionRow::execution));
    List<HistoryRow> turns = new ArrayList<>();
    for (ExecutionRow execution : executions) {
      turns.addAll(reader.history(row.number(), execution.execution(), 1, Integer.MAX_VALUE));
    }
    turns.addAll(reader.history(row.number(), row.execution(), 1, Integer.MAX_VALUE));
    return new InstanceHistory(
        row, reader.attributes(row.number()), executions, turns, reader.payloadTypes());
  }

  private void say(InstanceHistory history, Path to) throws IOException {
    String status = history.instance().status().name().toLowerCase(Locale.ROOT);
    if (json) {
      Map<String, @Nullable Object> written = new LinkedHashMap<>();
      written.put("id", history.instance().id());
      written.put("file", to.toString());
      written.put("bytes", Files.size(to));
      written.put("status", status);
      written.put("turns", history.turns().size());
      spec.commandLine().getOut().println(Json.of(written));
    } else {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "exported %s, %s, %,d turns, to %s%n",
              history.instance().id(),
              status,
              history.turns().size(),
              to);
    }
    spec.commandLine().getOut().flush();
  }
}
