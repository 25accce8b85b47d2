package io.millrace.storage.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement that lives as long as its connection. After most errors the driver closes a
 * statement without a word, so whoever meets an error {@linkplain #drop drops} it, and it is
 * prepared again when needed.
 */
final class KeptStatement {

  private final Connection connection;
  private final String sql;
  private @Nullable PreparedStatement prepared;

  KeptStatement(Connection connection, String sql) {
    this.connection = connection;
    this.sql = sql;
  }

  PreparedStatement get() throws SQLException {
    PreparedStatement statement = prepared;
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared = statement;
    }
    return statement;
  }

  /** Drops every reference to what was bound. */
  void clear() throws SQLException {
    if (prepared != null) {
      prepared.clearParameters();
    }
  }

  void drop() {
    PreparedStatement statement = prepared;
    prepared = null;
    if (statement != null) {
      try {
        statement.close();
      } catch (SQLException repeatsAnEarlierError) {
        // SQLite reports the statement's last error once more; it was raised already.
        return;
      }
    }
  }
}
