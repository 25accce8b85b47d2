package io.millrace.cli;

import io.millrace.buffer.JournalLook;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.sqlite.SqliteLook;
import io.millrace.storage.sqlite.SqliteOpenException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code millrace inspect}: shows what is in a data directory, without disturbing its owner. */
@Command(
    name = "inspect",
    description = {
      "Shows what is in a data directory, which may be open elsewhere: an overview, or what a subcommand names. Nothing is",
      "changed, no lock is taken; values are shown without any of the classes that wrote them."
    },
    subcommands = {InspectInstances.class, InspectHistory.class, InspectJournal.class},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class InspectCommand implements Callable<Integer> {

  /** How long one look may keep the owner's write-ahead file from shrinking. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "data directory")
  Path directory = Path.of("");

  @Option(names = "--json", description = "prints JSON", scope = ScopeType.INHERIT)
  boolean json;

  @Override
  public Integer call() throws IOException, StoreException, SqliteOpenException {
    Map<String, @Nullable Object> overview = overview(live());
    LiveFigures figures = LiveFigures.read(directory);
    overview.put("liveFigures", json ? figures.fields() : figures.words());
    if (json) {
      print(Json.of(overview));
    } else {
      PrintWriter out = spec.commandLine().getOut();
      overview.forEach(
          (name, value) -> out.printf("%-18s %s%n", name, value == null ? "-" : value));
      out.flush();
    }
    return 0;
  }

  LiveDirectory live() {
    return LiveDirectory.at(directory);
  }

  /** Opens the store for one look; the caller closes it. */
  SqliteLook look() throws SqliteOpenException {
    return SqliteLook.open(live().storeFile(), LOOK);
  }

  void print(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  private static Map<String, @Nullable Object> overview(LiveDirectory live)
      throws IOException, StoreException, SqliteOpenException {
    Map<String, @Nullable Object> overview = new LinkedHashMap<>();
    overview.put("directory", live.path().toString());
    Files.readAllLines(live.path().resolve("FORMAT")).stream()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(
            line ->
                overview.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    OptionalLong owner = live.owner();
    overview.put("openInProcess", owner.isPresent() ? owner.getAsLong() : null);
    long position = store(live, overview);
    journal(live, position, overview);
    return overview;
  }

  private static long store(LiveDirectory live, Map<String, @Nullable Object> overview)
      throws IOException, StoreException, SqliteOpenException {
    if (!Files.exists(live.storeFile())) {
      overview.put("storePosition", 0);
      return 0;
    }
    try (SqliteLook look = SqliteLook.open(live.storeFile(), LOOK);
        OrchestrationReader reader = look.read()) {
      overview.put("storeBytes", Files.size(live.storeFile()));
      overview.put("storePosition", reader.position());
      long[] counts = reader.countsByStatus();
      InstanceStatus[] statuses = InstanceStatus.values(); // the counts come in their order
      for (int i = 0; i < statuses.length && i < counts.length; i++) {
        if (counts[i] > 0) {
          overview.put(statuses[i].name().toLowerCase(Locale.ROOT), counts[i]);
        }
      }
      return reader.position();
    }
  }

  private static void journal(
      LiveDirectory live, long position, Map<String, @Nullable Object> overview)
      throws IOException {
    JournalSum sum = new JournalSum();
    JournalLook.read(live.path(), sum);
    overview.put("journalFiles", sum.files());
    overview.put("journalBytes", sum.bytes());
    overview.put("lastRecord", Math.max(sum.last(), position));
    overview.put("syncedAtLeast", Math.max(sum.synced(), position));
    overview.put("notInStore", Math.max(0, sum.last() - position));
  }
}
