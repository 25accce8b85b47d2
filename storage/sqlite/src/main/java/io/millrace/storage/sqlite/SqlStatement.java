package io.millrace.storage.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One statement that writes rows: bind the values of a row from left to right, then {@link #add()}
 * it. Rows are gathered and sent many at a time, at the latest when the store needs them there.
 * Belongs to the store's writing thread.
 */
public final class SqlStatement {

  /** A statement with no {@code VALUES} list is repeated for so many rows in one driver call. */
  private static final int ROWS_REPEATED = 64;

  private final KeptStatement single;
  private final @Nullable KeptStatement wide;
  private final int width;
  private final int capacity;
  private final @Nullable Object[] values;

  // Written by: the store's writing thread, all that follows.
  private int rows;
  private int filled;
  private boolean holdsValues;

  /** Makes one that repeats. */
  SqlStatement(Connection connection, String sql) throws SQLException {
    this.single = new KeptStatement(connection, sql);
    this.wide = null;
    this.width = single.get().getParameterMetaData().getParameterCount();
    this.capacity = ROWS_REPEATED;
    this.values = new Object[width * capacity];
  }

  /** Makes one that widens. */
  SqlStatement(Connection connection, String sql, String wideSql, int width, int rowsWide)
      throws SQLException {
    this.single = new KeptStatement(connection, sql);
    this.wide = new KeptStatement(connection, wideSql);
    this.width = width;
    this.capacity = rowsWide;
    this.values = new Object[width * rowsWide];
    if (single.get().getParameterMetaData().getParameterCount() != width) {
      throw new IllegalArgumentException("the values of a row are its only parameters, sql=" + sql);
    }
  }

  /** Binds an INTEGER. */
  public SqlStatement bind(long value) {
    return put(value);
  }

  /** Binds a REAL. */
  public SqlStatement bind(double value) {
    return put(value);
  }

  /** Binds a TEXT, null for NULL. */
  public SqlStatement bind(@Nullable String value) {
    return put(value);
  }

  /** Binds a BLOB, null for NULL; the array is not copied and must not change until applied. */
  public SqlStatement bind(byte @Nullable [] value) {
    return put(value);
  }

  /** Binds NULL. */
  public SqlStatement bindNull() {
    return put(null);
  }

  /**
   * Ends the row.
   *
   * @throws SQLException if rows were sent and SQLite refused one of them
   * @throws IllegalStateException if the row has too few values
   */
  public void add() throws SQLException {
    if (filled != (rows + 1) * width) {
      throw new IllegalStateException(
          "a row needs " + width + " values, bound=" + (filled - rows * width));
    }
    rows++;
    if (rows == capacity) {
      send();
    }
  }

  /** Sends what is left; on return neither the driver nor SQLite holds on to a value. */
  void flush() throws SQLException {
    if (rows > 0) {
      send();
    }
    if (!holdsValues) {
      return;
    }
    holdsValues = false;
    single.clear();
    if (wide != null) {
      wide.clear();
    }
  }

  /** Forgets rows that were not sent, and statements that an error may have closed. */
  void discard() {
    forgetRows();
    single.drop();
    if (wide != null) {
      wide.drop();
    }
  }

  private void forgetRows() {
    Arrays.fill(values, null);
    rows = 0;
    filled = 0;
  }

  private SqlStatement put(@Nullable Object value) {
    if (filled == (rows + 1) * width) {
      throw new IllegalStateException("a row has " + width + " values, this is one too many");
    }
    values[filled++] = value;
    return this;
  }

  private void send() throws SQLException {
    holdsValues = width > 0;
    try {
      if (rows == capacity && wide != null) {
        sendWide(wide.get());
      } else {
        sendSingly(single.get());
      }
    } finally {
      forgetRows();
    }
  }

  private void sendWide(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < filled; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.executeUpdate();
  }

  private void sendSingly(PreparedStatement statement) throws SQLException {
    try {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < width; column++) {
          statement.setObject(column + 1, values[row * width + column]);
        }
        statement.addBatch();
      }
      // The other form makes the same array, and then a copy of it.
      statement.executeLargeBatch();
    } finally {
      statement.clearBatch();
    }
  }
}
