package io.millrace.jmh.neighbours;

import io.millrace.buffer.Durability;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQLite through its JDBC driver. */
final class SqliteStore implements StoreNeighbour {

  SqliteStore() {}

  @Override
  public String name() {
    return "SQLITE";
  }

  @Override
  public String remark() {
    return "SQLITE: WAL, synchronous=FULL, 64 MiB cache, a checkpoint every 10,000 pages, one"
        + " connection, prepared statements. NORMAL would be faster and lose the last commits at"
        + " power loss; an unknown word for synchronous silently means NORMAL.";
  }

  @Override
  public Opened open(Path folder, Durability durability) throws SQLException {
    return new Open(SqliteSettings.source(folder.resolve("rows.db")).getConnection());
  }

  private static final class Open extends GroupedStore {
    private final Connection connection;
    private final PreparedStatement put;
    private final PreparedStatement delete;

    Open(Connection connection) throws SQLException {
      this.connection = connection;
      SqliteSettings.check(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE kept (place INTEGER, number INTEGER, sub INTEGER, body BLOB,"
                + " PRIMARY KEY (place, number, sub)) WITHOUT ROWID");
      }
      connection.setAutoCommit(false);
      put = connection.prepareStatement("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)");
      delete =
          connection.prepareStatement(
              "DELETE FROM kept WHERE place = ? AND number = ? AND sub = ?");
    }

    @Override
    void put(RowKey key, byte[] body) throws SQLException {
      bind(put, key);
      put.setBytes(4, body);
      put.executeUpdate();
    }

    @Override
    void delete(RowKey key) throws SQLException {
      bind(delete, key);
      delete.executeUpdate();
    }

    private static void bind(PreparedStatement statement, RowKey key) throws SQLException {
      statement.setInt(1, key.table().code());
      statement.setLong(2, key.number());
      statement.setLong(3, key.sub());
    }

    @Override
    void commit() throws SQLException {
      connection.commit();
    }

    @Override
    void read(Reader reader) throws Exception {
      try (Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery("SELECT place, number, sub, body FROM kept")) {
        while (found.next()) {
          reader.take(
              new RowKey(Table.ofCode(found.getInt(1)), found.getLong(2), found.getLong(3)),
              found.getBytes(4));
        }
      }
    }

    @Override
    public void close() throws SQLException {
      connection.commit();
      connection.close();
    }
  }
}
