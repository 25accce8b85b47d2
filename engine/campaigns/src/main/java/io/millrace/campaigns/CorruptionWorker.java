package io.millrace.campaigns;

import io.millrace.buffer.JournalKind;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The process that meets the damage, so that a crash of the JVM, or a hang, is seen from outside.
 * Says one line for each case: its seed, and what came of it.
 */
final class CorruptionWorker {

  static final String BROKEN = "BROKEN ";

  private CorruptionWorker() {}

  /**
   * Runs cases.
   *
   * @param arguments a directory of its own, the journal's kind, the first seed, how many
   */
  public static void main(String[] arguments) throws Exception {
    Orphan.haltWhenAlone();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path directory = Path.of(arguments[0]);
    JournalKind kind = JournalKind.valueOf(arguments[1]);
    long first = Long.parseLong(arguments[2]);
    long count = Long.parseLong(arguments[3]);
    CorruptionBase base = CorruptionBase.make(directory.resolve("base"), kind);
    for (long seed = first; seed < first + count; seed++) {
      String outcome;
      try {
        outcome = new CorruptionCase(base, kind, seed).run(directory.resolve("case"));
      } catch (BrokenPromiseException e) {
        outcome = BROKEN + e.getMessage();
      } catch (RuntimeException | Error e) {
        outcome = BROKEN + "met an exception that nobody expects: " + e;
      }
      out.println(seed + " " + outcome.replace('\n', ' '));
    }
  }
}
