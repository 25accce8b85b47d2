package io.millrace.cli;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.sqlite.SqliteLook;
import io.millrace.storage.sqlite.SqliteOpenException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code millrace inspect DIR history ID}: what happened to an instance, in order. */
@Command(
    name = "history",
    description = "Prints what happened to an instance, in order, with its values.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class InspectHistory implements Callable<Integer> {

  private static final int TURNS_AT_ONCE = 200;

  @ParentCommand InspectCommand inspect = new InspectCommand();

  @Parameters(paramLabel = "ID", description = "the instance's id")
  String id = "";

  @Option(names = "--execution", paramLabel = "N", description = "the current one if not given")
  int execution;

  @Option(names = "--from-turn", paramLabel = "N", description = "first turn to print")
  int fromTurn = 1;

  @Option(names = "--width", paramLabel = "N", description = "most characters of a value")
  int width = 160;

  @Override
  public Integer call() throws StoreException, SqliteOpenException {
    try (SqliteLook look = inspect.look();
        OrchestrationReader reader = look.read()) {
      InstanceRow row = reader.instanceById(id);
      if (row == null) {
        throw new ParameterException(
            inspect.spec.commandLine(),
            "the store has no instance of that id; a very new one may not be in it yet, id=" + id);
      }
      EventText values = new EventText(new PayloadTypes(reader.payloadTypes()), width);
      int which = execution == 0 ? row.execution() : execution;
      if (inspect.json) {
        inspect.print(Json.of(events(reader, row, which, values)));
      } else {
        inspect.print(heading(row, which, values));
        print(reader, row, which, values);
      }
    }
    return 0;
  }

  private static String heading(InstanceRow row, int execution, EventText values) {
    String name =
        row.version().isEmpty() ? row.orchestration() : row.orchestration() + "@" + row.version();
    String text =
        String.format(
            Locale.ROOT,
            "%s  %s  %s  execution %d of %d, %d turns, %d events",
            row.id(),
            name,
            row.status().name().toLowerCase(Locale.ROOT),
            execution,
            row.execution(),
            row.turns(),
            row.events());
    if (row.output() != null) {
      text += System.lineSeparator() + "  returned " + values.value(row.output());
    }
    return row.failure() == null
        ? text
        : text + System.lineSeparator() + "  failed: " + row.failure().message();
  }

  private void print(OrchestrationReader reader, InstanceRow row, int which, EventText values)
      throws StoreException {
    for (Map<String, @Nullable Object> event : events(reader, row, which, values)) {
      StringBuilder line = new StringBuilder();
      if (event.get("first") != null) {
        line.append("turn ").append(event.get("turn")).append("  ").append(event.get("at"));
        line.append(System.lineSeparator());
      }
      line.append(
          String.format(Locale.ROOT, "  %5s  %-20s", event.get("event"), event.get("what")));
      event.forEach(
          (key, value) -> {
            if (!EventText.ITS_PLACE.contains(key)) {
              line.append(' ').append(key).append('=').append(value);
            }
          });
      inspect.print(line.toString().stripTrailing());
    }
  }

  private List<Map<String, @Nullable Object>> events(
      OrchestrationReader reader, InstanceRow row, int which, EventText values)
      throws StoreException {
    List<Map<String, @Nullable Object>> events = new ArrayList<>();
    int next = fromTurn;
    List<HistoryRow> turns = reader.history(row.number(), which, next, TURNS_AT_ONCE);
    while (!turns.isEmpty()) {
      for (HistoryRow turn : turns) {
        int number = turn.firstEvent();
        for (HistoryEvent event : turn.events()) {
          Map<String, @Nullable Object> fields = new LinkedHashMap<>();
          fields.put("turn", turn.turn());
          fields.put("at", Instant.ofEpochMilli(turn.atMillis()).toString());
          fields.put("event", number);
          if (number == turn.firstEvent()) {
            fields.put("first", true);
          }
          fields.putAll(values.fields(event));
          events.add(fields);
          number++;
        }
        next = turn.turn() + 1;
      }
      turns = reader.history(row.number(), which, next, TURNS_AT_ONCE);
    }
    return events;
  }
}
