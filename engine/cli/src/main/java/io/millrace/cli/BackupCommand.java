package io.millrace.cli;

import io.millrace.buffer.Backup;
import io.millrace.buffer.settings.Sizes;
import io.millrace.engine.Millrace;
import java.io.IOException;
import java.nio.file.Files;
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

/** {@code millrace backup}: copies a data directory while it is in use. */
@Command(
    name = "backup",
    description = {
      "Copies a data directory, which may be open elsewhere, to one that opens by itself: everything that was acknowledged as",
      "synced before is in it. The copy is read from end to end before the command says so. To restore, open it, or copy it back."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "data directory")
  Path directory = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description = "where the copy is to lie; absent or empty")
  Path target = Path.of("");

  @Option(names = "--json", description = "prints what was copied as JSON")
  boolean json;

  @Override
  public Integer call() throws IOException {
    Backup backup = Millrace.backup(directory, target);
    Path store = backup.directory().resolve("store.db");
    Long storeBytes = Files.exists(store) ? Long.valueOf(Files.size(store)) : null;
    if (json) {
      Map<String, @Nullable Object> copied = new LinkedHashMap<>();
      copied.put("directory", backup.directory().toString());
      copied.put("storeBytes", storeBytes);
      copied.put("journalFiles", backup.journalFiles());
      spec.commandLine().getOut().println(Json.of(copied));
    } else {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "copied and checked: %s, store %s, %d journal files%n",
              backup.directory(),
              storeBytes == null ? "none yet" : Sizes.text(storeBytes),
              backup.journalFiles());
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
