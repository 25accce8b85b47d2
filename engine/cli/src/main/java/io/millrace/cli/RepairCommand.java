package io.millrace.cli;

import io.millrace.buffer.GivenUp;
import io.millrace.buffer.Inspection;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.sqlite.SqliteOrchestrationStore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace repair}: gives up what a person names, so that a data directory opens again. */
@Command(
    name = "repair",
    description = {
      "Mends a data directory that does not open, by giving up what you name; see 'verify' first. What is cut off is moved",
      "aside and listed. Take a copy of the directory before."
    },
    mixinStandardHelpOptions = true)
final class RepairCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "data directory; no engine has it open")
  Path directory = Path.of("");

  @ArgGroup(multiplicity = "1")
  @Nullable Choice choice;

  @Option(names = "--json", description = "prints what was given up as JSON")
  boolean json;

  /** One of the two. */
  static final class Choice {
    @Option(
        names = "--to",
        paramLabel = "POSITION",
        description = "the last record to keep; all beyond are given up, acknowledged or not")
    @Nullable Long to;

    @Option(
        names = "--set-aside",
        paramLabel = "POSITION",
        description = "one record that the store rejects: it is kept in the store, and not applied")
    @Nullable Long setAside;
  }

  @Override
  public Integer call() throws StoreException {
    try (HeldDirectory held = HeldDirectory.open(directory, spec.commandLine().getOut())) {
      held.requireSoundStore();
      if (choice != null && choice.to != null) {
        cut(held, choice.to);
      } else if (choice != null && choice.setAside != null) {
        setAside(held, choice.setAside);
      }
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void cut(HeldDirectory held, long to) {
    Inspection journal = held.inspect();
    if (journal.sound() && to >= journal.lastSeen()) {
      if (json) {
        held.print(MaintenanceJson.unchanged(directory, journal.readableThrough()));
      } else {
        held.say("nothing is damaged, and nothing lies beyond %d: nothing was changed", to);
      }
      return;
    }
    GivenUp given = held.maintenance().cut(held.applied(), to);
    if (json) {
      held.print(MaintenanceJson.givenUp(directory, given));
    } else {
      held.say("kept everything through record %d", given.keptThrough());
      held.list(given);
    }
  }

  private void setAside(HeldDirectory held, long position) throws StoreException {
    try (SqliteOrchestrationStore store =
        SqliteOrchestrationStore.open(
            held.maintenance().storeFile(),
            held.maintenance().storeId(),
            SqliteOptions.defaults())) {
      String why = held.maintenance().setAside(store, RowMutationCodec.factory(), position);
      if (json) {
        held.print(MaintenanceJson.setAside(directory, position, why));
      } else {
        held.say(
            "record %d was set aside, and is kept in the table store_set_aside: %s", position, why);
      }
    }
  }
}
