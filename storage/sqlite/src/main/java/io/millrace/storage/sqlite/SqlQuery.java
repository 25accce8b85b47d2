package io.millrace.storage.sqlite;

import io.millrace.storage.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One query of a {@link SqlReader}: bind its values from left to right, then run it. All three ways
 * to run it block, and throw {@link StoreException.Busy} once the view's time limit has passed,
 * {@link StoreException.Failed} if the store cannot be read.
 */
public final class SqlQuery {

  private final ReadConnection connection;
  private final SqlReader view;
  private final String sql;
  private final List<Object> values = new ArrayList<>(4);

  SqlQuery(ReadConnection connection, SqlReader view, String sql) {
    this.connection = connection;
    this.view = view;
    this.sql = sql;
  }

  /**
   * Makes something of a row.
   *
   * @param <T> what it makes
   */
  @FunctionalInterface
  public interface RowReader<T> {
    /** Reads one row; the row is not kept. */
    T read(SqlRow row) throws SQLException, StoreException;
  }

  /** Takes rows one by one. */
  @FunctionalInterface
  public interface RowConsumer {
    /** Takes one row; the row is not kept. */
    void accept(SqlRow row) throws SQLException, StoreException;
  }

  /** Binds an INTEGER. */
  public SqlQuery bind(long value) {
    values.add(value);
    return this;
  }

  /** Binds a REAL. */
  public SqlQuery bind(double value) {
    values.add(value);
    return this;
  }

  /** Binds a TEXT. */
  public SqlQuery bind(String value) {
    values.add(value);
    return this;
  }

  /** Hands over every row, in order. The same query is not run again meanwhile. */
  public void forEach(RowConsumer consumer) throws StoreException {
    connection.use(view, lent -> run(lent.statement(sql), lent, consumer));
  }

  private void run(PreparedStatement statement, ReadConnection lent, RowConsumer consumer)
      throws SQLException, StoreException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    try (ResultSet rows = statement.executeQuery()) {
      SqlRow row = new SqlRow(rows);
      while (rows.next()) {
        lent.requireInTime(view);
        consumer.accept(row);
      }
    }
  }

  /** Returns every row, in order. */
  public <T> List<T> list(RowReader<T> reader) throws StoreException {
    List<T> list = new ArrayList<>();
    forEach(row -> list.add(reader.read(row)));
    return list;
  }

  /** Returns the last row, which is the only one of a query by key, or null if there is none. */
  public <T> @Nullable T one(RowReader<T> reader) throws StoreException {
    List<T> list = list(reader);
    return list.isEmpty() ? null : list.get(list.size() - 1);
  }
}
