package io.millrace.storage.sqlite;

import io.millrace.storage.RecordId;
import io.millrace.storage.sqlite.internal.NativeLibrary;
import io.millrace.storage.sqlite.internal.Settings;
import io.millrace.storage.sqlite.internal.StoreFiles;
import io.millrace.storage.sqlite.internal.StoreMeta;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What can be said of a store's file without opening it as a store: nothing is migrated, written
 * anew or marked. No store has it open.
 *
 * @param exists whether there is a file at all
 * @param applied the record applied last; {@link RecordId#NONE} if the file does not say
 * @param closedInOrder whether it was closed in order; if not, that is no damage
 * @param suspect whether an earlier failure made it suspect: the next open writes it anew
 * @param problems what is wrong with it, in SQLite's words or ours; empty if it is sound
 * @param setAside position and reason of the records that were set aside (rule R11)
 */
public record SqliteInspection(
    boolean exists,
    RecordId applied,
    boolean closedInOrder,
    boolean suspect,
    List<String> problems,
    SortedMap<Long, String> setAside) {

  private static final int PROBLEMS_MAX = 10;

  /** Copies the list. */
  public SqliteInspection {
    problems = List.copyOf(problems);
  }

  /**
   * Reads the whole file and checks it. Blocks for about a second for each gigabyte that the page
   * cache holds.
   *
   * @param file where it is
   * @param storeId which store is expected there
   * @throws SqliteOpenException if SQLite cannot be used here, or the path cannot be a store's
   */
  public static SqliteInspection of(Path file, UUID storeId) throws SqliteOpenException {
    NativeLibrary.load(SqliteOptions.defaults().nativeDirectory());
    StoreFiles files = StoreFiles.at(file);
    boolean suspect = files.isSuspect();
    if (!Files.exists(files.file())) {
      return new SqliteInspection(false, RecordId.NONE, true, suspect, List.of(), new TreeMap<>());
    }
    try (Connection connection = files.connectReadOnly()) {
      return read(connection, suspect, storeId);
    } catch (SQLException e) {
      return new SqliteInspection(
          true,
          RecordId.NONE,
          false,
          suspect,
          List.of("it cannot be read: " + e.getMessage()),
          new TreeMap<>());
    }
  }

  private static SqliteInspection read(Connection connection, boolean suspect, UUID storeId)
      throws SQLException {
    Settings.run(connection, "PRAGMA cell_size_check = 1");
    List<String> problems =
        new ArrayList<>(Settings.texts(connection, "PRAGMA integrity_check(" + PROBLEMS_MAX + ")"));
    problems.remove("ok");
    String found = StoreMeta.get(connection, StoreMeta.STORE_ID);
    if (!storeId.toString().equals(found)) {
      problems.add("it is another store's, expected storeId=" + storeId + " found=" + found);
    }
    return new SqliteInspection(
        true,
        StoreMeta.position(connection),
        "1".equals(StoreMeta.get(connection, StoreMeta.CLEAN)),
        suspect,
        problems,
        StoreMeta.setAside(connection));
  }

  /** Tells whether there is nothing wrong with it; a missing file is sound too. */
  public boolean sound() {
    return problems.isEmpty();
  }
}
