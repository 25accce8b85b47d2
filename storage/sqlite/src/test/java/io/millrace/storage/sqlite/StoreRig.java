package io.millrace.storage.sqlite;

import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** One directory with a store of readings, and what tests do to it. */
final class StoreRig {

  static final UUID ID = UUID.fromString("00000000-0000-0000-0000-00000000000a");

  final Path file;
  final ManualClock clock = new ManualClock();
  SqliteOptions options =
      SqliteOptions.builder().busyTimeout(Duration.ZERO).readerWait(Duration.ZERO).build();

  StoreRig(Path directory) {
    this.file = directory.resolve("store.db");
  }

  /** Makes the directory first if it is absent. */
  static StoreRig in(Path directory) {
    try {
      return new StoreRig(Files.createDirectories(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SqliteStore<Reading> open() throws SqliteOpenException {
    return open(ReadingTables.today());
  }

  SqliteStore<Reading> open(SqliteTables<Reading> tables) throws SqliteOpenException {
    return SqliteStore.open(file, ID, tables, options, clock);
  }

  /** Opens a store over a connection that the test can also use, or replace. */
  SqliteStore<Reading> openOver(UnaryOperator<Connection> wrapping)
      throws SqliteOpenException, SQLException {
    StoreOpener.Opened opened =
        new StoreOpener(ID, ReadingTables.today(), options, clock).open(file);
    return new SqliteStore<>(
        new StoreOpener.Opened(opened.files(), wrapping.apply(opened.connection())),
        ReadingTables.today(),
        options,
        clock);
  }

  Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Copies the files of an open store as a killed process would leave them. */
  StoreRig asIfKilled(String name) throws IOException {
    StoreRig copy = new StoreRig(Files.createDirectory(file.resolveSibling(name)));
    Files.copy(file, copy.file);
    Files.copy(beside("-wal"), copy.beside("-wal"));
    return copy;
  }

  /** Another process's client. */
  Connection outsider() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  static RecordId at(long position) {
    return new RecordId(position, 3, (int) position * 31);
  }

  static void apply(SqliteStore<Reading> store, long position, Reading... readings)
      throws StoreException {
    store.apply(List.of(readings), at(position), CommitMode.NORMAL);
  }

  static Reading taken(long sensor, long atMillis) {
    return new Reading.Taken(new Reading.Key(sensor, atMillis), sensor + atMillis / 10.0);
  }

  /** Readings of one sensor, enough to fill a page for each fifty or so. */
  static List<Reading> many(long sensor, int count) {
    return LongStream.range(0, count).mapToObj(at -> taken(sensor, at)).toList();
  }

  static List<String> rows(SqliteStore<Reading> store) throws StoreException {
    try (SqlReader reader = store.read()) {
      return new ArrayList<>(
          reader
              .query("SELECT sensor, at_millis, celsius FROM readings ORDER BY sensor, at_millis")
              .list(row -> row.number(1) + "/" + row.number(2) + "=" + row.real(3)));
    }
  }
}
