package io.millrace.engine;

import io.millrace.engine.internal.HistoryFile;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.PayloadTypeRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one instance: what an export holds, for a replay tester, a bug report or
 * another data directory. Immutable. Holds users' inputs and results, so treat its file as their
 * data.
 *
 * @param instance where it stands
 * @param attributes its custom status and key-values, null if the code set none
 * @param executions the executions that are over while the instance went on, oldest first
 * @param turns the turns of all executions, in order
 * @param types the types that the values in it may use, by the numbers that they have in the data
 *     directory it was taken from
 */
public record InstanceHistory(
    InstanceRow instance,
    @Nullable AttributesRow attributes,
    List<ExecutionRow> executions,
    List<HistoryRow> turns,
    List<PayloadTypeRow> types) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if something in it belongs to another instance
   */
  public InstanceHistory {
    executions = List.copyOf(executions);
    turns = List.copyOf(turns);
    types = List.copyOf(types);
    long number = instance.number();
    if (turns.stream().anyMatch(turn -> turn.instance() != number)
        || executions.stream().anyMatch(execution -> execution.instance() != number)
        || (attributes != null && attributes.instance() != number)) {
      throw new IllegalArgumentException(
          "expected only what belongs to one instance, instance=" + number);
    }
  }

  /** Returns the turns of one execution, in order; empty if they are not kept. */
  public List<HistoryRow> turnsOf(int execution) {
    return turns.stream().filter(turn -> turn.execution() == execution).toList();
  }

  /** Returns the version that an execution ran. */
  public String versionOf(int execution) {
    return executions.stream()
        .filter(row -> row.execution() == execution)
        .map(ExecutionRow::version)
        .findFirst()
        .orElse(instance.version());
  }

  /**
   * Returns the form in which it is kept in a file: readable by this and every later version of the
   * engine.
   */
  public byte[] toBytes() {
    return HistoryFile.write(this);
  }

  /**
   * Reads what {@link #toBytes} returned.
   *
   * @throws IllegalArgumentException if the bytes are no such form, are damaged, or were written by
   *     a later version of the engine; the message says which
   */
  public static InstanceHistory ofBytes(byte[] bytes) {
    return HistoryFile.read(bytes);
  }

  /**
   * Writes it to a file, which is made or replaced.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    Files.write(file, toBytes());
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no such file, see {@link #ofBytes}
   */
  public static InstanceHistory read(Path file) throws IOException {
    return ofBytes(Files.readAllBytes(file));
  }

  /** Returns what it is the history of, without its values. */
  @Override
  public String toString() {
    return instance.orchestration()
        + "@"
        + instance.version()
        + "["
        + instance.id()
        + "] turns="
        + turns.size();
  }
}
