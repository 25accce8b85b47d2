package io.millrace.jmh.ladder;

import io.millrace.jmh.codec.RowForm;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows by key in one SQLite file, in WAL mode: one connection, statements prepared once. */
final class PlainRows implements AutoCloseable {

  private final RowForm form;
  private final Connection connection;
  private final PreparedStatement put;
  private final PreparedStatement delete;

  /**
   * Opens an empty one.
   *
   * @param full whether each commit is forced
   * @param tuned whether it has the reference's cache and checkpoint interval
   */
  PlainRows(Path folder, RowForm form, boolean full, boolean tuned) throws SQLException {
    this.form = form;
    connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("rows.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = " + (full ? "FULL" : "NORMAL"));
      if (tuned) {
        statement.execute("PRAGMA cache_size = -65536");
        statement.execute("PRAGMA wal_autocheckpoint = 10000");
      }
      statement.execute(
          "CREATE TABLE kept (place INTEGER, number INTEGER, sub INTEGER, body BLOB,"
              + " PRIMARY KEY (place, number, sub)) WITHOUT ROWID");
    }
    connection.setAutoCommit(false);
    put = connection.prepareStatement("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)");
    delete =
        connection.prepareStatement("DELETE FROM kept WHERE place = ? AND number = ? AND sub = ?");
  }

  /** Changes rows, and leaves the transaction open. */
  void change(List<RowMutation> mutations) throws Exception {
    for (RowMutation mutation : mutations) {
      if (!(mutation.key() instanceof RowKey key)) {
        throw new IllegalArgumentException("expected a change of one row, mutation=" + mutation);
      }
      boolean removes = mutation instanceof RowMutation.Delete;
      PreparedStatement statement = removes ? delete : put;
      statement.setInt(1, key.table().code());
      statement.setLong(2, key.number());
      statement.setLong(3, key.sub());
      if (!removes) {
        statement.setBytes(4, form.encode(mutation));
      }
      statement.executeUpdate();
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /** Returns all rows, decoded. */
  Map<RowKey, Row> read() throws Exception {
    Map<RowKey, Row> rows = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT place, number, sub, body FROM kept")) {
      while (found.next()) {
        RowKey key = new RowKey(Table.ofCode(found.getInt(1)), found.getLong(2), found.getLong(3));
        Object kept = form.decode(found.getBytes(4));
        rows.put(
            key,
            kept instanceof RowMutation.Insert insert
                ? insert.row()
                : ((RowMutation.Update) kept).row());
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.commit();
    connection.close();
  }
}
