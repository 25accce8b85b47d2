package io.millrace.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The row that a query stands at. Columns are counted from 1. */
public final class SqlRow {

  private final ResultSet rows;

  SqlRow(ResultSet rows) {
    this.rows = rows;
  }

  /** Returns an INTEGER, 0 for NULL. */
  public long number(int column) throws SQLException {
    return rows.getLong(column);
  }

  /** Returns a REAL, 0 for NULL. */
  public double real(int column) throws SQLException {
    return rows.getDouble(column);
  }

  /** Returns a TEXT, empty for NULL. */
  public String text(int column) throws SQLException {
    String text = rows.getString(column);
    return text == null ? "" : text;
  }

  /** Returns a BLOB that the caller owns, null for NULL. */
  public byte @Nullable [] bytes(int column) throws SQLException {
    return rows.getBytes(column);
  }
}
