package io.millrace.cli;

import io.millrace.buffer.Backup;
import io.millrace.buffer.settings.Sizes;
import io.millrace.engine.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

  @Override
  public Integer call() throws IOException {
    Backup backup = Millrace.backup(directory, target);
    Path store = backup.directory().resolve("store.db");
    spec.commandLine()
        .getOut()
        .printf(
            "copied and checked: %s, store %s, %d journal files%n",
            backup.directory(),
            Files.exists(store) ? Sizes.text(Files.size(store)) : "none yet",
            backup.journalFiles());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
