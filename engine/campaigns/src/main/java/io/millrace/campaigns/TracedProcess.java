package io.millrace.campaigns;

import io.millrace.buffer.JournalKind;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A fixed script for a tracer to fail: opens, recovers, writes, says what was acknowledged. */
final class TracedProcess {

  private TracedProcess() {}

  /**
   * Writes records and says each.
   *
   * @param arguments the directory, the journal's kind, the first record, the last
   */
  public static void main(String[] arguments) {
    Orphan.haltWhenAlone();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    CorruptionBase.write(
        Path.of(arguments[0]),
        JournalKind.valueOf(arguments[1]),
        Long.parseLong(arguments[2]),
        Long.parseLong(arguments[3]),
        out::println);
  }
}
