package io.millrace.storage.sqlite.internal;

import io.millrace.storage.sqlite.SqliteOpenException;
import io.millrace.storage.sqlite.SqliteOpenException.Reason;
import io.millrace.storage.sqlite.SqliteOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a connection, in the order in which SQLite must hear them. SQLite says nothing
 * about a name or a value that it does not know, and takes an unknown word for another value; so
 * each is read back, and what reads back differently refuses to open.
 */
public final class Settings {

  /** The first version that has no known way of losing pages at a restart of the WAL. */
  private static final int[] OLDEST_SQLITE = {3, 51, 3};

  private static final long KIB = 1024;

  private Settings() {}

  /**
   * One setting.
   *
   * @param name SQLite's name for it
   * @param value what it is set to
   * @param readBack what SQLite then says
   */
  public record Setting(String name, String value, String readBack) {

    /** Returns a setting that is a number and reads back as such. */
    public static Setting of(String name, long value) {
      return new Setting(name, Long.toString(value), Long.toString(value));
    }
  }

  /** Returns what only a new file can be told. */
  public static List<Setting> forNewFile(SqliteOptions options) {
    return List.of(Setting.of("page_size", options.pageSizeBytes()), Setting.of("auto_vacuum", 0));
  }

  /** Returns the settings of the connection that writes. */
  public static List<Setting> forWriter(SqliteOptions options) {
    List<Setting> settings = new ArrayList<>(forAll(options));
    settings.add(new Setting("journal_mode", "WAL", "wal"));
    settings.add(Setting.of("synchronous", options.synchronous().code()));
    settings.add(Setting.of("wal_autocheckpoint", 0));
    settings.add(Setting.of("journal_size_limit", options.walBytesMax()));
    settings.add(Setting.of("cache_size", -options.cacheBytes() / KIB));
    settings.add(new Setting("locking_mode", "NORMAL", "normal"));
    settings.add(Setting.of("foreign_keys", 0));
    settings.add(Setting.of("secure_delete", 0));
    // Where the plain force does not reach the disk (macOS); without effect elsewhere.
    settings.add(Setting.of("fullfsync", 1));
    settings.add(Setting.of("checkpoint_fullfsync", 1));
    return settings;
  }

  /** Returns the settings of a connection that reads. */
  public static List<Setting> forReader(SqliteOptions options) {
    List<Setting> settings = new ArrayList<>(forAll(options));
    settings.add(Setting.of("query_only", 1));
    settings.add(Setting.of("cache_size", -options.readerCacheBytes() / KIB));
    return settings;
  }

  private static List<Setting> forAll(SqliteOptions options) {
    return List.of(
        Setting.of("busy_timeout", options.busyTimeout().toMillis()),
        Setting.of("trusted_schema", 0),
        Setting.of("cell_size_check", 1),
        Setting.of("temp_store", 2),
        // An I/O error under a mapping kills the process instead of raising an error.
        Setting.of("mmap_size", 0));
  }

  /**
   * Tells SQLite each setting and reads it back.
   *
   * @throws SqliteOpenException if one did not take
   * @throws SQLException if SQLite could not be asked
   */
  public static void apply(Connection connection, List<Setting> settings)
      throws SqliteOpenException, SQLException {
    for (Setting setting : settings) {
      String got = set(connection, setting);
      if (!got.equalsIgnoreCase(setting.readBack())) {
        throw new SqliteOpenException(
            Reason.BAD_SETTING,
            "SQLite did not take a setting, pragma="
                + setting.name()
                + " wanted="
                + setting.readBack()
                + " got="
                + got,
            null);
      }
    }
  }

  /** Tells SQLite one setting and returns what it then says, empty for nothing. */
  private static String set(Connection connection, Setting setting) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute("PRAGMA " + setting.name() + " = " + setting.value())) {
        statement.getResultSet().close();
      }
    }
    return text(connection, "PRAGMA " + setting.name());
  }

  /**
   * Refuses a SQLite that is too old.
   *
   * @throws SqliteOpenException if it is
   */
  public static void requireRecentSqlite(Connection connection)
      throws SqliteOpenException, SQLException {
    requireRecent(text(connection, "SELECT sqlite_version()"));
  }

  static void requireRecent(String version) throws SqliteOpenException {
    String[] parts = version.split("\\.", -1);
    for (int i = 0; i < OLDEST_SQLITE.length; i++) {
      int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
      if (part > OLDEST_SQLITE[i]) {
        return;
      }
      if (part < OLDEST_SQLITE[i]) {
        throw new SqliteOpenException(
            Reason.BAD_SETTING,
            "SQLite 3.51.3 or newer is needed, since older ones may damage the file when a"
                + " checkpoint meets a commit: use the sqlite-jdbc that this project names,"
                + " sqlite_version="
                + version,
            null);
      }
    }
  }

  /** Returns the first column of all rows of a query as text. */
  public static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(String.valueOf(rows.getString(1)));
      }
    }
    return texts;
  }

  /** Returns the first column of the first row of a query as text, empty if there is none. */
  public static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // An unknown pragma does not even return rows.
      if (!statement.execute(query)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        String text = rows.next() ? rows.getString(1) : null;
        return text == null ? "" : text;
      }
    }
  }

  /** Returns the first column of the first row of a query as a number, 0 if there is none. */
  public static long number(Connection connection, String query) throws SQLException {
    String text = text(connection, query);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  /** Runs statements that return nothing. */
  public static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
