package io.millrace.cli;

import io.millrace.buffer.Finding;
import io.millrace.buffer.Inspection;
import io.millrace.storage.sqlite.SqliteInspection;
import io.millrace.storage.sqlite.SqliteOpenException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace verify}: reads everything in a data directory and says what is damaged. */
@Command(
    name = "verify",
    description = {
      "Reads the whole journal and the whole store of a data directory and says what is damaged: file, offset, position. Changes",
      "nothing. Exits with 0 if the directory opens and nothing is missing, 1 if something is damaged, 2 if it cannot be looked at."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "data directory; no engine has it open")
  Path directory = Path.of("");

  @Option(names = "--json", description = "prints one JSON object")
  boolean json;

  @Override
  public Integer call() throws SqliteOpenException {
    try (HeldDirectory held = HeldDirectory.open(directory, spec.commandLine().getOut())) {
      Inspection journal = held.inspect();
      boolean sound = held.store().sound() && journal.sound();
      String advice = sound ? null : advice(held, journal);
      if (json) {
        held.print(MaintenanceJson.verified(directory, held.store(), journal, advice));
      } else {
        describeStore(held);
        describeJournal(held, journal);
        held.say("%s", advice == null ? "nothing is damaged" : advice);
      }
      return sound ? 0 : Main.FAILED;
    }
  }

  private static void describeStore(HeldDirectory held) {
    SqliteInspection store = held.store();
    if (!store.exists()) {
      held.say("store    none yet: nothing was applied");
    } else {
      held.say(
          "store    position %,d, %s%s%s",
          store.applied().position(),
          store.sound() ? "checked and whole" : "DAMAGED",
          store.closedInOrder() ? "" : ", not closed in order",
          store.suspect() ? ", suspect since an earlier failure: opening writes it anew" : "");
    }
    store.problems().forEach(problem -> held.say("DAMAGED  store: %s", problem));
    store
        .setAside()
        .forEach(
            (position, why) -> held.say("noted    record %d was set aside: %s", position, why));
  }

  private static void describeJournal(HeldDirectory held, Inspection journal) {
    held.say(
        "journal  %,d files, %,d records, synced through %,d, readable through %,d",
        journal.segments(), journal.records(), journal.syncedThrough(), journal.readableThrough());
    for (Finding finding : journal.findings()) {
      String kind = finding.kind().isHarmful() ? "DAMAGED " : "harmless";
      held.say("%s %s%s: %s", kind, place(finding), subject(finding), finding.what());
    }
    if (journal.refusal() != null
        && journal.findings().stream().noneMatch(finding -> finding.kind().isHarmful())) {
      held.say("DAMAGED  %s", journal.refusal());
    }
  }

  private static String place(Finding finding) {
    if (finding.file().isEmpty()) {
      return "";
    }
    return finding.offset() < 0
        ? finding.file() + " "
        : String.format(Locale.ROOT, "%s offset %d ", finding.file(), finding.offset());
  }

  private static String subject(Finding finding) {
    return switch (finding.kind()) {
      case UNREADABLE -> "file";
      case MISMATCH -> "journal and store";
      case TORN -> "from record " + finding.firstPosition();
      default -> HeldDirectory.positions(finding.firstPosition(), finding.lastPosition());
    };
  }

  private String advice(HeldDirectory held, Inspection journal) {
    if (!held.store().sound()) {
      return "the store cannot be mended: restore the directory from a backup";
    } else if (journal.readableThrough() > held.applied().position() || journal.refusal() == null) {
      long last = journal.readableThrough();
      return String.format(
          Locale.ROOT,
          "what can be kept ends at %d; to give up the rest: ./millrace repair %s --to %d",
          last,
          directory,
          last);
    }
    return "nothing beyond the store can be kept; to go on from the store alone: ./millrace restore "
        + directory;
  }
}
