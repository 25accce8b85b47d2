package io.millrace.storage.sqlite.internal.orchestration;

import io.millrace.storage.sqlite.SqlStatement;
import io.millrace.storage.sqlite.SqlWriter;
import java.sql.SQLException;
import java.util.List;

/**
 * The three statements of one table.
 *
 * @param insert for what is new; fails if it is not
 * @param upsert for what may be there
 * @param delete by key
 */
record TableStatements(SqlStatement insert, SqlStatement upsert, SqlStatement delete) {

  /** Makes those of a table whose first column is its key. */
  static TableStatements numbered(SqlWriter sql, String table, String... columns)
      throws SQLException {
    String key = columns[0];
    return new TableStatements(
        sql.insert(table, columns),
        sql.upsert(table, List.of(key), columns),
        sql.statement("DELETE FROM " + table + " WHERE " + key + " = ?"));
  }

  SqlStatement write(boolean isNew) {
    return isNew ? insert : upsert;
  }
}
