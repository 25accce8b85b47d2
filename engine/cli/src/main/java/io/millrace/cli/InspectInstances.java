package io.millrace.cli;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.sqlite.SqliteLook;
import io.millrace.storage.sqlite.SqliteOpenException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code millrace inspect DIR instances}: lists instances, newest first. */
@Command(
    name = "instances",
    description = "Lists instances, newest first.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class InspectInstances implements Callable<Integer> {

  @ParentCommand InspectCommand inspect = new InspectCommand();

  @Option(
      names = "--status",
      split = ",",
      paramLabel = "STATUS",
      description = "only these: ${COMPLETION-CANDIDATES}")
  Set<InstanceStatus> statuses = new LinkedHashSet<>();

  @Option(names = "--orchestration", paramLabel = "NAME", description = "only of this name")
  @Nullable String orchestration;

  @Option(names = "--version-of", paramLabel = "VERSION", description = "only of this version")
  @Nullable String version;

  @Option(names = "--prefix", paramLabel = "TEXT", description = "only ids that begin so")
  String prefix = "";

  @Option(names = "--limit", paramLabel = "N", description = "most to list")
  int limit = 100;

  @Override
  public Integer call() throws StoreException, SqliteOpenException {
    Grid grid =
        Grid.of(
            "id", "orchestration", "status", "turns", "events", "created", "updated", "failure");
    try (SqliteLook look = inspect.look();
        OrchestrationReader reader = look.read()) {
      for (InstanceRow row : reader.instances(filter(), Long.MAX_VALUE, limit)) {
        grid.add(
            row.id(),
            row.version().isEmpty()
                ? row.orchestration()
                : row.orchestration() + "@" + row.version(),
            row.status().name().toLowerCase(Locale.ROOT),
            row.turns(),
            row.events(),
            Instant.ofEpochMilli(row.createdAtMillis()).toString(),
            Instant.ofEpochMilli(row.updatedAtMillis()).toString(),
            row.failure() == null ? null : row.failure().message());
      }
    }
    inspect.print(inspect.json ? Json.of(grid.objects()) : grid.text().stripTrailing());
    return 0;
  }

  private InstanceFilter filter() {
    InstanceFilter filter = InstanceFilter.ALL.withStatuses(statuses).withIdPrefix(prefix);
    filter = orchestration == null ? filter : filter.withOrchestration(orchestration);
    return version == null ? filter : filter.withVersion(version);
  }
}
