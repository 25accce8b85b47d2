package io.millrace.jmh.neighbours;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** SQLite as durable as it can be, and tuned; read back, since it accepts any word silently. */
final class SqliteSettings {

  private static final int CACHE_KIB = 64 * 1024;
  private static final int CHECKPOINT_PAGES = 10_000;
  private static final int BUSY_MILLIS = 30_000;
  private static final String FULL = "2";

  private SqliteSettings() {}

  /** Returns a source of connections that write ahead and force every commit. */
  static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setCacheSize(-CACHE_KIB);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    config.setBusyTimeout(BUSY_MILLIS);
    // A transaction that reads first and writes then would fail beside another writer.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /**
   * Checks that they hold.
   *
   * @throws IllegalStateException if they do not
   */
  static void check(Connection connection) throws SQLException {
    check(connection, "journal_mode", "wal");
    check(connection, "synchronous", FULL);
    check(connection, "wal_autocheckpoint", Integer.toString(CHECKPOINT_PAGES));
  }

  private static void check(Connection connection, String pragma, String expected)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("PRAGMA " + pragma)) {
      found.next();
      if (!expected.equals(found.getString(1))) {
        throw new IllegalStateException(
            "expected " + pragma + "=" + expected + " found " + pragma + "=" + found.getString(1));
      }
    }
  }
}
