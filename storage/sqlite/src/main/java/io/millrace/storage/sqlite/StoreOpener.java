package io.millrace.storage.sqlite;

import io.millrace.storage.sqlite.SqliteOpenException.Reason;
import io.millrace.storage.sqlite.internal.NativeLibrary;
import io.millrace.storage.sqlite.internal.Settings;
import io.millrace.storage.sqlite.internal.SqlErrors;
import io.millrace.storage.sqlite.internal.StoreFiles;
import io.millrace.storage.sqlite.internal.StoreMeta;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;

/**
 * Takes a path to an open writing connection: native library, files, identity of the file,
 * settings, check after an unclean stop, migration. Each step refuses with its own words, and
 * nothing is written to a file before it is known to be ours.
 */
final class StoreOpener {

  private static final Logger LOG = LoggerFactory.getLogger(StoreOpener.class);

  /** In a check of the file, SQLite counts pages. */
  private static final int PAGES_BETWEEN_LOOKS = 100;

  private final UUID storeId;
  private final String tables;
  private final List<String> migrations;
  private final SqliteOptions options;
  private final LongSupplier nanoClock;

  StoreOpener(UUID storeId, SqliteTables<?> tables, SqliteOptions options, LongSupplier nanoClock) {
    this.storeId = storeId;
    this.tables = tables.name();
    this.migrations = tables.migrations();
    this.options = options;
    this.nanoClock = nanoClock;
  }

  /** The two things that an open store stands on. */
  record Opened(StoreFiles files, Connection connection) {}

  Opened open(Path path) throws SqliteOpenException {
    NativeLibrary.load(options.nativeDirectory());
    StoreFiles files = StoreFiles.at(path);
    try {
      files.rewriteIfSuspect();
      files.create();
    } catch (IOException e) {
      throw new SqliteOpenException(
          Reason.IO, "the files of the store cannot be prepared, file=" + files.file(), e);
    }
    @Nullable Connection connection = null;
    try {
      connection = files.connect();
      bringUp(connection, files);
      Opened opened = new Opened(files, connection);
      connection = null;
      return opened;
    } catch (SQLException e) {
      throw explained(files, e);
    } finally {
      closeQuietly(connection);
    }
  }

  private void bringUp(Connection connection, StoreFiles files)
      throws SqliteOpenException, SQLException {
    Settings.requireRecentSqlite(connection);
    identify(connection, files);
    Settings.apply(connection, Settings.forWriter(options));
    long layout = Settings.number(connection, "PRAGMA user_version");
    if (layout > StoreMeta.LAYOUT_VERSION) {
      throw newer(files, "layout", layout, StoreMeta.LAYOUT_VERSION);
    }
    boolean isNew = layout == 0;
    if (!isNew) {
      requireSameStore(connection, files);
      if (!"1".equals(StoreMeta.get(connection, StoreMeta.CLEAN))) {
        checkFile(connection, files);
      }
    }
    migrate(connection, files, isNew);
  }

  /** Makes a new file ours, and refuses one that belongs to somebody else. */
  private void identify(Connection connection, StoreFiles files)
      throws SqliteOpenException, SQLException {
    if (Settings.number(connection, "PRAGMA page_count") == 0) {
      Settings.apply(connection, Settings.forNewFile(options));
      // Writes the first page: a stop after this leaves a file that is known to be ours.
      Settings.run(connection, "PRAGMA application_id = " + StoreMeta.APPLICATION_ID);
    }
    long id = Settings.number(connection, "PRAGMA application_id");
    if (id != StoreMeta.APPLICATION_ID) {
      throw new SqliteOpenException(
          Reason.NOT_A_STORE,
          "the file is a SQLite database of another program, file="
              + files.file()
              + " application_id="
              + id,
          null);
    }
  }

  private void requireSameStore(Connection connection, StoreFiles files)
      throws SqliteOpenException, SQLException {
    requireSame(connection, files, StoreMeta.STORE_ID, storeId.toString());
    requireSame(connection, files, StoreMeta.TABLES, tables);
    long version = schemaVersion(connection);
    if (version > migrations.size()) {
      throw newer(files, "schema", version, migrations.size());
    }
  }

  private void requireSame(Connection connection, StoreFiles files, String name, String wanted)
      throws SqliteOpenException, SQLException {
    String got = String.valueOf(StoreMeta.get(connection, name));
    if (!got.equals(wanted)) {
      throw new SqliteOpenException(
          Reason.OTHER_STORE,
          "the file is another store's: put the right file in its place, or name the right one, file="
              + files.file()
              + " "
              + name
              + " wanted="
              + wanted
              + " got="
              + got,
          null);
    }
  }

  private static SqliteOpenException newer(StoreFiles files, String what, long got, long known) {
    return new SqliteOpenException(
        Reason.NEWER_SCHEMA,
        "the file was written by a newer version: open it with that one, file="
            + files.file()
            + " "
            + what
            + "="
            + got
            + " newest known="
            + known,
        null);
  }

  /**
   * Looks for damage after an unclean stop, for no longer than the option allows. Reads the whole
   * file: about a second for each gigabyte that the page cache holds.
   */
  private void checkFile(Connection connection, StoreFiles files)
      throws SqliteOpenException, SQLException {
    if (options.checkTimeLimit().isZero()) {
      return;
    }
    long start = nanoClock.getAsLong();
    long limit = options.checkTimeLimit().toNanos();
    ProgressHandler.setHandler(
        connection,
        PAGES_BETWEEN_LOOKS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return nanoClock.getAsLong() - start > limit ? 1 : 0;
          }
        });
    try {
      String verdict = Settings.text(connection, "PRAGMA quick_check(1)");
      if (!verdict.equals("ok")) {
        throw new SqliteOpenException(
            Reason.DAMAGED,
            "the store is damaged: restore it from a backup, file="
                + files.file()
                + " found="
                + verdict,
            null);
      }
      LOG.info(
          "store was not closed last time; checked in {} ms: {}",
          (nanoClock.getAsLong() - start) / 1_000_000,
          files.file());
    } catch (SQLException e) {
      if (SqlErrors.advice(e) != SqlErrors.Advice.INTERRUPTED) {
        throw e;
      }
      LOG.warn(
          "store was not closed last time; its check did not end within {} and was left: {}",
          options.checkTimeLimit(),
          files.file());
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  private void migrate(Connection connection, StoreFiles files, boolean isNew)
      throws SqliteOpenException, SQLException {
    setSynchronous(connection, Synchronous.FULL);
    Settings.run(connection, "BEGIN IMMEDIATE");
    boolean committed = false;
    try {
      if (isNew) {
        StoreMeta.create(connection);
        StoreMeta.put(connection, StoreMeta.STORE_ID, storeId.toString());
        StoreMeta.put(connection, StoreMeta.TABLES, tables);
      }
      runMigrations(connection, files, isNew ? 0 : schemaVersion(connection));
      StoreMeta.put(connection, StoreMeta.CLEAN, "0");
      Settings.run(connection, "COMMIT");
      committed = true;
    } finally {
      if (!committed) {
        WriterConnection.rollBackQuietly(connection);
      }
    }
    setSynchronous(connection, options.synchronous());
  }

  private static void setSynchronous(Connection connection, Synchronous wanted)
      throws SqliteOpenException, SQLException {
    Settings.apply(connection, List.of(Settings.Setting.of("synchronous", wanted.code())));
  }

  private void runMigrations(Connection connection, StoreFiles files, long from)
      throws SqliteOpenException, SQLException {
    for (int version = (int) from; version < migrations.size(); version++) {
      try {
        Settings.run(connection, migrations.get(version));
      } catch (SQLException e) {
        if (SqlErrors.advice(e) == SqlErrors.Advice.FAILED
            || SqlErrors.advice(e) == SqlErrors.Advice.REJECTED) {
          throw new SqliteOpenException(
              Reason.BAD_MIGRATION,
              "a migration failed and nothing of it was kept, tables="
                  + tables
                  + " version="
                  + (version + 1)
                  + " file="
                  + files.file(),
              e);
        }
        throw e;
      }
    }
    StoreMeta.put(connection, StoreMeta.SCHEMA_VERSION, Integer.toString(migrations.size()));
  }

  private static long schemaVersion(Connection connection) throws SQLException {
    return Long.parseLong(String.valueOf(StoreMeta.get(connection, StoreMeta.SCHEMA_VERSION)));
  }

  private SqliteOpenException explained(StoreFiles files, SQLException e) {
    if (SqlErrors.isNotADatabase(e)) {
      return new SqliteOpenException(
          Reason.NOT_A_STORE, "the file is no SQLite database, file=" + files.file(), e);
    }
    return switch (SqlErrors.advice(e)) {
      case BUSY ->
          new SqliteOpenException(
              Reason.BUSY,
              "an outside process holds the store: end it, or wait longer, file="
                  + files.file()
                  + " waited="
                  + options.busyTimeout(),
              e);
      case DAMAGED ->
          new SqliteOpenException(
              Reason.DAMAGED,
              "the store cannot be read: restore it from a backup, file=" + files.file(),
              e);
      default ->
          new SqliteOpenException(Reason.IO, "the store cannot be opened, file=" + files.file(), e);
    };
  }

  static void closeQuietly(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.warn("a connection did not close", e);
      }
    }
  }
}
