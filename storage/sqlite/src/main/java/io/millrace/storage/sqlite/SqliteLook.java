package io.millrace.storage.sqlite;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.BodyCodec;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.sqlite.internal.NativeLibrary;
import io.millrace.storage.sqlite.internal.Settings;
import io.millrace.storage.sqlite.internal.StoreFiles;
import io.millrace.storage.sqlite.internal.orchestration.OrchestrationView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a store's file that another process may have open. It cannot change anything: the file
 * is opened to be read, and SQLite is told so too. A view that is open keeps the owner's
 * write-ahead file from shrinking, nothing else. One thread.
 */
public final class SqliteLook implements AutoCloseable {

  /** Hears the rows of a query. */
  public interface Rows {

    /** The names of the columns; comes first. */
    void columns(List<String> names);

    /**
     * One row.
     *
     * @param values null, {@link Long}, {@link Double}, {@link String} or {@code byte[]}
     * @return whether to go on
     */
    boolean row(List<@Nullable Object> values);
  }

  private static final int BUSY_MILLIS = 10_000;

  private final StoreFiles files;
  private final ReadConnection connection;

  private SqliteLook(StoreFiles files, ReadConnection connection) {
    this.files = files;
    this.connection = connection;
  }

  /**
   * Opens a file; nothing is migrated, and no lock is held between calls.
   *
   * @param timeLimit how long one view or query may last, from 1 ms to an hour
   * @throws SqliteOpenException if there is no such file, or SQLite cannot be used here
   */
  public static SqliteLook open(Path file, Duration timeLimit) throws SqliteOpenException {
    SqliteOptions options = SqliteOptions.builder().readTimeLimit(timeLimit).build();
    NativeLibrary.load(options.nativeDirectory());
    StoreFiles files = StoreFiles.at(file);
    if (!Files.exists(files.file())) {
      throw new SqliteOpenException(
          SqliteOpenException.Reason.BAD_PATH,
          "there is no store yet: nothing was applied, file=" + files.file(),
          null);
    }
    return new SqliteLook(files, new ReadConnection(files, options, System::nanoTime));
  }

  /**
   * Opens a consistent view of the orchestrations; one at a time.
   *
   * @throws StoreException.Busy if the owner holds the file for too long
   * @throws StoreException.Failed if the file cannot be read, or is of another version
   */
  public OrchestrationReader read() throws StoreException {
    return new OrchestrationView(
        new SqlReader(connection, given -> {}), new BodyCodec(), codec -> {});
  }

  /**
   * Runs one query of the caller's own.
   *
   * @param sql one statement that returns rows
   * @throws StoreException.Busy if it takes longer than the time limit
   * @throws StoreException.Failed if SQLite refuses it; the message is SQLite's
   */
  public void query(String sql, Rows rows) throws StoreException {
    Object view = new Object();
    connection.begin(view);
    try {
      connection.use(view, open -> run(open.statement(sql), view, rows));
    } finally {
      connection.end(view);
    }
  }

  private void run(PreparedStatement statement, Object view, Rows rows)
      throws SQLException, StoreException {
    if (!statement.execute()) {
      throw new StoreException.Failed(
          "expected a statement that returns rows; the store is only read here, file="
              + files.file(),
          null);
    }
    try (ResultSet found = statement.getResultSet()) {
      ResultSetMetaData columns = found.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnLabel(i));
      }
      rows.columns(names);
      boolean goOn = true;
      while (goOn && found.next()) {
        connection.requireInTime(view);
        goOn = rows.row(values(found, names.size()));
      }
    }
  }

  private static List<@Nullable Object> values(ResultSet row, int columns) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      Object value = row.getObject(i);
      values.add(value instanceof Integer number ? Long.valueOf(number) : value);
    }
    return Collections.unmodifiableList(values);
  }

  /**
   * Writes a copy of what is applied now to a new file, compact and in one piece, while the owner
   * goes on. On return the copy is whole; it is not forced.
   *
   * @param target does not exist yet
   * @throws StoreException.Failed if the file cannot be read or the copy cannot be written; a
   *     {@link SqliteOpenException} if the target's place is unfit
   */
  public void copyTo(Path target) throws StoreException {
    try (Connection open = files.connectReadOnly()) {
      StoreFiles.at(target).create(); // empty, and its owner's alone, before anything is in it
      Settings.run(open, "PRAGMA busy_timeout = " + BUSY_MILLIS);
      try (PreparedStatement copy = open.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, target.toString());
        copy.executeUpdate();
      }
    } catch (SQLException | IOException e) {
      throw new StoreException.Failed(
          "the store cannot be copied, file="
              + files.file()
              + " to="
              + target
              + " reason="
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
