package io.millrace.cli;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.GivenUp;
import io.millrace.buffer.Inspection;
import io.millrace.buffer.Maintenance;
import io.millrace.storage.RecordId;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.sqlite.SqliteInspection;
import io.millrace.storage.sqlite.SqliteOpenException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data directory that a maintenance command holds, with what its store says. */
final class HeldDirectory implements AutoCloseable {

  private final Maintenance maintenance;
  private final SqliteInspection store;
  private final PrintWriter out;

  private HeldDirectory(Maintenance maintenance, SqliteInspection store, PrintWriter out) {
    this.maintenance = maintenance;
    this.store = store;
    this.out = out;
  }

  /**
   * Takes hold of it and reads the store.
   *
   * @throws BufferOpenException if there is none, or an engine has it
   * @throws SqliteOpenException if SQLite cannot be used here
   */
  static HeldDirectory open(Path path, PrintWriter out) throws SqliteOpenException {
    Maintenance maintenance = Maintenance.open(path);
    try {
      return new HeldDirectory(
          maintenance, SqliteInspection.of(maintenance.storeFile(), maintenance.storeId()), out);
    } catch (SqliteOpenException | RuntimeException e) {
      maintenance.close();
      throw e;
    }
  }

  Maintenance maintenance() {
    return maintenance;
  }

  SqliteInspection store() {
    return store;
  }

  RecordId applied() {
    return store.applied();
  }

  Inspection inspect() {
    return maintenance.inspect(store.applied(), RowMutationCodec.factory());
  }

  /** Refuses to mend a journal beside a store that is damaged itself. */
  void requireSoundStore() {
    if (!store.sound()) {
      throw new IllegalStateException(
          "the store itself is damaged, which cannot be mended: restore the directory from a backup,"
              + " file="
              + maintenance.storeFile()
              + " found="
              + store.problems());
    }
  }

  /** Lists what a journal lost. */
  void list(GivenUp given) {
    for (GivenUp.Range range : given.records()) {
      long count = range.last() - range.first() + 1;
      say(
          "given up: %s, %,d in all, %s",
          positions(range.first(), range.last()),
          count,
          range.readable() ? "readable where they were moved to" : "damaged or missing");
    }
    if (given.movedTo() != null) {
      say("the old journal lies in %s; delete it when nobody needs it", given.movedTo());
    }
  }

  void say(String pattern, Object... values) {
    out.println(String.format(Locale.ROOT, pattern, values));
    out.flush();
  }

  /** Prints fields as one JSON object. */
  void print(Map<String, @Nullable Object> fields) {
    out.println(Json.of(fields));
    out.flush();
  }

  static String positions(long first, long last) {
    return last <= first ? "record " + first : "records " + first + " to " + last;
  }

  @Override
  public void close() {
    maintenance.close();
  }
}
