package io.millrace.cli;

import io.millrace.buffer.GivenUp;
import io.millrace.buffer.Inspection;
import io.millrace.storage.sqlite.SqliteOpenException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace restore}: goes on from a store alone, its journal lost or of another past. */
@Command(
    name = "restore",
    description = {
      "Pairs the store of a data directory with an empty journal, so that the two open again: for a store that came from a backup",
      "without its journal. What was accepted and is not in the store is lost."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "data directory; no engine has it open")
  Path directory = Path.of("");

  @Option(
      names = "--give-up",
      description = "also if the journal there still holds records that belong to the store")
  boolean giveUp;

  @Option(names = "--json", description = "prints what was given up as JSON")
  boolean json;

  @Override
  public Integer call() throws SqliteOpenException {
    try (HeldDirectory held = HeldDirectory.open(directory, spec.commandLine().getOut())) {
      held.requireSoundStore();
      Inspection journal = held.inspect();
      if (journal.refusal() == null && !giveUp) {
        throw new ParameterException(
            spec.commandLine(),
            "journal and store belong together and open as they are; --give-up drops the journal all"
                + " the same, with the records after "
                + held.applied().position());
      }
      if (journal.readableThrough() > held.applied().position() && !giveUp) {
        throw new ParameterException(
            spec.commandLine(),
            "the journal holds records that can be kept: './millrace repair "
                + directory
                + " --to "
                + journal.readableThrough()
                + "' keeps them; --give-up drops them");
      }
      GivenUp given = held.maintenance().pairWithEmptyJournal(held.applied());
      if (json) {
        held.print(MaintenanceJson.givenUp(directory, given));
        return 0;
      }
      held.say(
          "the store stands at record %d and opens with an empty journal; whatever was accepted after"
              + " that record, by this directory or by the one the store was copied from, may be missing",
          given.keptThrough());
      held.list(given);
      return 0;
    }
  }
}
