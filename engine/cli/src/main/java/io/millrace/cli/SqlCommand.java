package io.millrace.cli;

import io.millrace.storage.StoreException;
import io.millrace.storage.sqlite.SqliteLook;
import io.millrace.storage.sqlite.SqliteOpenException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace sql}: asks the store in SQL. */
@Command(
    name = "sql",
    description = {
      "Runs one query against the store of a data directory, which may be open elsewhere; nothing can be changed. The views",
      "instances, history, open_tasks, open_timers, inbox, executions, attributes and payload_types are made for people."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class SqlCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "data directory")
  Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "QUERY", description = "one statement that returns rows")
  String sql = "";

  @Option(names = "--limit", paramLabel = "N", description = "most rows to print")
  int limit = 1_000;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description = "how long the query may take")
  Duration timeout = Duration.ofSeconds(30);

  @Option(names = "--json", description = "prints a JSON array of objects")
  boolean json;

  @Override
  public Integer call() throws StoreException, SqliteOpenException {
    Path store = LiveDirectory.at(directory).storeFile();
    Grid grid = new Grid(limit);
    try (SqliteLook look = SqliteLook.open(store, timeout)) {
      look.query(sql, grid);
    }
    spec.commandLine().getOut().print(json ? Json.of(grid.objects()) + "\n" : grid.text());
    spec.commandLine().getOut().flush();
    if (grid.isCut()) {
      spec.commandLine().getErr().println("millrace: there are more rows than --limit=" + limit);
    }
    return 0;
  }
}
