package io.millrace.storage.sqlite;

import io.millrace.storage.RecordId;
import io.millrace.storage.sqlite.internal.Settings;
import io.millrace.storage.sqlite.internal.SqlErrors;
import io.millrace.storage.sqlite.internal.StoreMeta;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The one connection that writes: transactions, the position row, checkpoints. Belongs to the
 * writing thread.
 *
 * <p>The driver stays in its auto-commit mode and transactions are statements of our own: the
 * driver's {@code commit()} begins the next transaction at once and would hold the write lock
 * between batches.
 */
final class WriterConnection {

  private final Connection connection;
  private final Synchronous synchronous;
  private final KeptStatement begin;
  private final KeptStatement commit;
  private final KeptStatement move;
  private final KeptStatement dataVersion;
  private final KeptStatement pendingFrames;
  private final long pageSizeBytes;

  // Written by: the writing thread.
  private long ownDataVersion;
  private boolean forced;

  WriterConnection(Connection connection, Synchronous synchronous) throws SQLException {
    this.connection = connection;
    this.synchronous = synchronous;
    this.begin = new KeptStatement(connection, "BEGIN IMMEDIATE");
    this.commit = new KeptStatement(connection, "COMMIT");
    this.move =
        new KeptStatement(
            connection, "UPDATE store_position SET position = ?, epoch = ?, checksum = ?");
    this.dataVersion = new KeptStatement(connection, "PRAGMA data_version");
    this.pendingFrames = new KeptStatement(connection, "PRAGMA wal_checkpoint(NOOP)");
    this.pageSizeBytes = Settings.number(connection, "PRAGMA page_size");
    this.ownDataVersion = number(dataVersion);
  }

  /** Whether a commit now survives power loss. */
  boolean commitsForced() {
    return forced || synchronous != Synchronous.NORMAL;
  }

  /** Sets whether the next commits are forced, and makes sure that SQLite took it. */
  void forceCommits(boolean wanted) throws SQLException {
    if (synchronous != Synchronous.NORMAL || forced == wanted) {
      return;
    }
    int code = (wanted ? Synchronous.FULL : synchronous).code();
    Settings.run(connection, "PRAGMA synchronous = " + code);
    long got = Settings.number(connection, "PRAGMA synchronous");
    if (got != code) {
      throw new SQLException("SQLite did not take synchronous, wanted=" + code + " got=" + got);
    }
    forced = wanted;
  }

  void begin() throws SQLException {
    begin.get().execute();
  }

  void commit() throws SQLException {
    commit.get().execute();
  }

  /** Forgets statements that an error may have closed. */
  void dropStatements() {
    begin.drop();
    commit.drop();
    move.drop();
    dataVersion.drop();
    pendingFrames.drop();
  }

  /**
   * Ends the transaction if there is one: SQLite ends it by itself after some errors.
   *
   * @throws SQLException if it may still be open
   */
  void rollBack() throws SQLException {
    rollBack(connection);
  }

  private static void rollBack(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      if (!SqlErrors.isNoTransaction(e)) {
        throw e;
      }
    }
  }

  /** Ends a transaction whose connection is about to be closed. */
  static void rollBackQuietly(Connection connection) {
    try {
      rollBack(connection);
    } catch (SQLException closingDoesItToo) {
      // The connection is closed next, which rolls back as well.
      return;
    }
  }

  /** Moves the position row; inside a transaction. */
  void move(RecordId last) throws SQLException {
    PreparedStatement statement = move.get();
    statement.setLong(1, last.position());
    statement.setLong(2, last.epoch());
    statement.setLong(3, last.checksum());
    if (statement.executeUpdate() != 1) {
      throw new SQLException("the row of store_position is gone");
    }
  }

  /** Keeps a record that cannot be applied; inside a transaction. */
  void setAside(RecordId record, byte[] body, String why) throws SQLException {
    StoreMeta.setAside(connection, record, body, why);
  }

  RecordId position() throws SQLException {
    return StoreMeta.position(connection);
  }

  /** Tells whether another connection has written since the store was opened. */
  boolean seesForeignWrite() throws SQLException {
    return number(dataVersion) != ownDataVersion;
  }

  /** Writes the sign of an orderly close; inside a transaction. */
  void markClean() throws SQLException {
    StoreMeta.put(connection, StoreMeta.CLEAN, "1");
  }

  /** Returns how many bytes a checkpoint has before it. */
  long pendingBytes() throws SQLException {
    try (ResultSet rows = pendingFrames.get().executeQuery()) {
      return rows.next() ? Math.max(0, rows.getLong(2) - rows.getLong(3)) * pageSizeBytes : 0;
    }
  }

  /** Returns whether everything committed is now in the file itself, forced. */
  boolean checkpointPassive() throws SQLException {
    return checkpoint("PASSIVE");
  }

  /**
   * Empties the write-ahead file unless somebody reads it, which it does not wait for.
   *
   * @return whether everything committed is now in the file itself, forced
   */
  boolean checkpointTruncate(long busyTimeoutMillis) throws SQLException {
    Settings.run(connection, "PRAGMA busy_timeout = 0");
    try {
      return checkpoint("TRUNCATE");
    } finally {
      Settings.run(connection, "PRAGMA busy_timeout = " + busyTimeoutMillis);
    }
  }

  private boolean checkpoint(String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return rows.next()
          && rows.getLong(1) == 0
          && rows.getLong(2) >= 0
          && rows.getLong(2) == rows.getLong(3);
    }
  }

  void close() throws SQLException {
    connection.close();
  }

  private static long number(KeptStatement query) throws SQLException {
    try (ResultSet rows = query.get().executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
