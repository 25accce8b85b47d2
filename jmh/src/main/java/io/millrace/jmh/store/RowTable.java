package io.millrace.jmh.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;

/** One table of finished instances in a SQLite file of its own, written in one of some ways. */
final class RowTable implements AutoCloseable {

  /** What a row looks like. */
  enum Shape {
    /** A number and the whole row as a blob: smallest, and nothing to ask for. */
    BLOB("number INTEGER PRIMARY KEY, body BLOB", 2),
    /** Columns that people can query. */
    COLUMNS(
        "number INTEGER PRIMARY KEY, id TEXT, orchestration TEXT, version TEXT, status INTEGER,"
            + " turns INTEGER, events INTEGER, created INTEGER, finished INTEGER, output BLOB",
        10),
    /** The same, and an index that finds a row by its id. */
    INDEXED_COLUMNS(COLUMNS.columns, COLUMNS.width);

    private final String columns;
    private final int width;

    Shape(String columns, int width) {
      this.columns = columns;
      this.width = width;
    }
  }

  /** How rows are handed to SQLite. */
  enum Statements {
    /** One call of the driver for each. */
    SINGLE,
    /** A JDBC batch of single rows: one call of the driver, many of SQLite. */
    BATCH,
    /** 16 rows in one statement, as the store does it. */
    WIDE
  }

  private static final int ROWS_WIDE = 16;
  private static final byte[] OUTPUT = new byte[24];
  private static final byte[] BODY = new byte[90];
  private static final long TIME = 1_767_225_600_000L;

  private final Shape shape;
  private final Statements statements;
  private final Connection connection;
  private final PreparedStatement insert;
  private long rows;

  RowTable(Path file, Shape shape, Statements statements) throws SQLException {
    this.shape = shape;
    this.statements = statements;
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA journal_mode = WAL");
      sql.execute("PRAGMA synchronous = NORMAL");
      sql.execute("PRAGMA cache_size = -65536");
      sql.execute("PRAGMA wal_autocheckpoint = 10000");
      sql.execute("CREATE TABLE kept (" + shape.columns + ")");
      if (shape == Shape.INDEXED_COLUMNS) {
        sql.execute("CREATE UNIQUE INDEX kept_ids ON kept (id)");
      }
    }
    connection.setAutoCommit(false);
    String row = "(" + String.join(",", Collections.nCopies(shape.width, "?")) + ")";
    int wide = statements == Statements.WIDE ? ROWS_WIDE : 1;
    insert =
        connection.prepareStatement(
            "INSERT INTO kept VALUES " + String.join(",", Collections.nCopies(wide, row)));
  }

  /** Returns how many rows were written. The writer's thread. */
  long rows() {
    return rows;
  }

  /**
   * Writes rows in one transaction.
   *
   * @param count a multiple of 16
   */
  void write(int count) throws SQLException {
    int wide = statements == Statements.WIDE ? ROWS_WIDE : 1;
    for (int i = 0; i < count; i += wide) {
      for (int row = 0; row < wide; row++) {
        bind(row * shape.width);
      }
      if (statements == Statements.BATCH) {
        insert.addBatch();
      } else {
        insert.executeUpdate();
      }
    }
    if (statements == Statements.BATCH) {
      insert.executeLargeBatch();
    }
    connection.commit();
  }

  private void bind(int before) throws SQLException {
    long number = ++rows;
    insert.setLong(before + 1, number);
    if (shape == Shape.BLOB) {
      insert.setBytes(before + 2, BODY);
      return;
    }
    insert.setString(before + 2, "order-" + Long.reverse(number));
    insert.setString(before + 3, "checkout");
    insert.setString(before + 4, "1");
    insert.setInt(before + 5, 2);
    insert.setInt(before + 6, 2);
    insert.setInt(before + 7, 12);
    insert.setLong(before + 8, TIME);
    insert.setLong(before + 9, TIME + 7);
    insert.setBytes(before + 10, OUTPUT);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
