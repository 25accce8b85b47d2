package io.millrace.storage.sqlite.internal;

import io.millrace.storage.RecordId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Our own two tables in the file: what the store is, and how far it has come.
 *
 * <pre>
 *   store_meta      name TEXT, value TEXT     store_id, tables, schema_version, clean
 *   store_position  one row                   position, epoch, checksum of the record applied last
 *   store_set_aside one row for each record   those that could not be applied and were set aside by
 *                                             a person (rule R11); made with the first of them
 * </pre>
 *
 * <p>{@code application_id} says that the file is ours, {@code user_version} which form these two
 * tables have.
 */
public final class StoreMeta {

  /** "MLRC". */
  public static final int APPLICATION_ID = 0x4d4c5243;

  /** The form of the two tables that this code reads and writes. */
  public static final int LAYOUT_VERSION = 1;

  /** Which store this is. */
  public static final String STORE_ID = "store_id";

  /** The name of the set of tables. */
  public static final String TABLES = "tables";

  /** How many migrations of the tables have run. */
  public static final String SCHEMA_VERSION = "schema_version";

  /** 1 from an orderly close to the next open, 0 between. */
  public static final String CLEAN = "clean";

  private static final String CREATE =
      """
      CREATE TABLE store_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE store_position (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        position INTEGER NOT NULL, epoch INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT;
      INSERT INTO store_position VALUES (1, 0, 0, 0);
      """;

  private static final String CREATE_SET_ASIDE =
      """
      CREATE TABLE IF NOT EXISTS store_set_aside (
        position INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, checksum INTEGER NOT NULL,
        reason TEXT NOT NULL, body BLOB NOT NULL) STRICT
      """;

  private StoreMeta() {}

  /** Creates the tables; inside the caller's transaction. */
  public static void create(Connection connection) throws SQLException {
    Settings.run(connection, CREATE);
    Settings.run(connection, "PRAGMA user_version = " + LAYOUT_VERSION);
  }

  /** Returns a value, or null. */
  public static @Nullable String get(Connection connection, String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT value FROM store_meta WHERE name = ?")) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  /** Writes a value. */
  public static void put(Connection connection, String name, String value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO store_meta VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")) {
      statement.setString(1, name);
      statement.setString(2, value);
      statement.executeUpdate();
    }
  }

  /** Keeps a record that cannot be applied; inside the caller's transaction. */
  public static void setAside(Connection connection, RecordId record, byte[] body, String why)
      throws SQLException {
    Settings.run(connection, CREATE_SET_ASIDE);
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO store_set_aside VALUES (?, ?, ?, ?, ?)")) {
      statement.setLong(1, record.position());
      statement.setLong(2, record.epoch());
      statement.setLong(3, record.checksum());
      statement.setString(4, why);
      statement.setBytes(5, body);
      statement.executeUpdate();
    }
  }

  /** Returns position and reason of the records that were set aside, in order. */
  public static SortedMap<Long, String> setAside(Connection connection) throws SQLException {
    SortedMap<Long, String> found = new TreeMap<>();
    try (PreparedStatement exists =
            connection.prepareStatement(
                "SELECT 1 FROM sqlite_schema WHERE name = 'store_set_aside'");
        ResultSet there = exists.executeQuery()) {
      if (!there.next()) {
        return found;
      }
    }
    try (PreparedStatement query =
            connection.prepareStatement("SELECT position, reason FROM store_set_aside");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.put(rows.getLong(1), rows.getString(2));
      }
    }
    return found;
  }

  /** Returns the record applied last. */
  public static RecordId position(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT position, epoch, checksum FROM store_position");
        ResultSet rows = query.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("the row of store_position is gone");
      }
      return new RecordId(rows.getLong(1), rows.getLong(2), (int) rows.getLong(3));
    }
  }
}
