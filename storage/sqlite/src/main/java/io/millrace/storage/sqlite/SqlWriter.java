package io.millrace.storage.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes the statements that a {@link MutationWriter} fills. A statement lives as long as the store
 * and belongs to its writing thread.
 */
public final class SqlWriter {

  /** Measured: 8 rows cost a third more for each row, 32 gain nothing. */
  private static final int ROWS_WIDE = 16;

  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,63}");

  private final Connection connection;
  private final List<SqlStatement> statements = new ArrayList<>();

  SqlWriter(Connection connection) {
    this.connection = connection;
  }

  /**
   * Prepares an insert; for {@link io.millrace.storage.Mutation.Kind#INSERT}, whose key is new.
   *
   * @param table the table
   * @param columns its columns, in the order in which a row is filled
   * @throws SQLException if the table has no such columns
   */
  public SqlStatement insert(String table, String... columns) throws SQLException {
    return rows("INSERT INTO " + named(table, columns) + " VALUES ", columns.length, "");
  }

  /**
   * Prepares an insert that overwrites the row with the same key; for {@link
   * io.millrace.storage.Mutation.Kind#UPDATE}.
   *
   * @param table the table
   * @param key the columns of its primary key
   * @param columns all columns to be written, the key's among them, in the order in which a row is
   *     filled
   * @throws SQLException if the table has no such columns or no such key
   */
  public SqlStatement upsert(String table, List<String> key, String... columns)
      throws SQLException {
    key.forEach(SqlWriter::requireName);
    String replaced =
        List.of(columns).stream()
            .filter(column -> !key.contains(column))
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    String conflict = " ON CONFLICT (" + String.join(", ", key) + ") DO ";
    return rows(
        "INSERT INTO " + named(table, columns) + " VALUES ",
        columns.length,
        conflict + (replaced.isEmpty() ? "NOTHING" : "UPDATE SET " + replaced));
  }

  /**
   * Prepares any statement that writes rows by a {@code VALUES} list. Rows are gathered, and many
   * go to SQLite in one statement.
   *
   * @param before constant SQL up to and with {@code VALUES}
   * @param width how many values a row has
   * @param after constant SQL behind the list, may be empty
   * @throws SQLException if SQLite does not understand it
   */
  public SqlStatement rows(String before, int width, String after) throws SQLException {
    String row = "(" + String.join(", ", Collections.nCopies(width, "?")) + ")";
    String wide = before + String.join(", ", Collections.nCopies(ROWS_WIDE, row)) + after;
    return keep(new SqlStatement(connection, before + row + after, wide, width, ROWS_WIDE));
  }

  /**
   * Prepares any other statement that changes rows.
   *
   * @param sql constant SQL with a {@code ?} for each value
   * @throws SQLException if SQLite does not understand it
   */
  public SqlStatement statement(String sql) throws SQLException {
    return keep(new SqlStatement(connection, sql));
  }

  /** Sends all rows that were gathered. */
  void flush() throws SQLException {
    for (SqlStatement statement : statements) {
      statement.flush();
    }
  }

  /** Forgets all rows that were gathered and not sent. */
  void discard() {
    statements.forEach(SqlStatement::discard);
  }

  private SqlStatement keep(SqlStatement statement) {
    statements.add(statement);
    return statement;
  }

  private static String named(String table, String... columns) {
    requireName(table);
    for (String column : columns) {
      requireName(column);
    }
    return table + " (" + String.join(", ", columns) + ")";
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a table or column is named by letters, digits and underscores, name=" + name);
    }
  }
}
