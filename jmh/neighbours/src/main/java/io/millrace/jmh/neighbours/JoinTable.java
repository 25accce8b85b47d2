package io.millrace.jmh.neighbours;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * What a scheduler of single jobs lacks for a fan-out: a place where jobs leave their echoes, the
 * last one to arrive sees that it is, and the joining job finds them. A job that runs twice changes
 * nothing. It lies in the scheduler's own database.
 */
final class JoinTable {

  private final DataSource source;
  private final ConcurrentHashMap<Long, CompletableFuture<String>> waiting =
      new ConcurrentHashMap<>();

  /** Makes the tables. */
  JoinTable(DataSource source) throws SQLException {
    this.source = source;
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE echo (number INTEGER, activity INTEGER, echo TEXT,"
              + " PRIMARY KEY (number, activity)) WITHOUT ROWID");
      statement.executeUpdate("CREATE TABLE answer (number INTEGER PRIMARY KEY, answer TEXT)");
    }
  }

  /** Returns the future of a fan-out that is about to start. */
  CompletableFuture<String> expect(long number) {
    CompletableFuture<String> future = new CompletableFuture<>();
    waiting.put(number, future);
    return future;
  }

  /** Keeps an echo; tells whether it completes the five. */
  boolean arrive(long number, int activity, String echo) throws SQLException {
    try (Connection connection = source.getConnection()) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT OR IGNORE INTO echo VALUES (?, ?, ?)")) {
        insert.setLong(1, number);
        insert.setInt(2, activity);
        insert.setString(3, echo);
        insert.executeUpdate();
      }
      return echoes(connection, number).size() == FanOut.ACTIVITIES;
    }
  }

  /** Joins the echoes, keeps the answer, and tells it. */
  void join(long number) throws SQLException {
    String answer;
    try (Connection connection = source.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT OR REPLACE INTO answer VALUES (?, ?)")) {
      answer = FanOut.join(echoes(connection, number));
      insert.setLong(1, number);
      insert.setString(2, answer);
      insert.executeUpdate();
    }
    CompletableFuture<String> future = waiting.remove(number);
    if (future != null) {
      future.complete(answer);
    }
  }

  /** Returns how many answers there are. */
  long answers() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT count(*) FROM answer")) {
      found.next();
      return found.getLong(1);
    }
  }

  private static List<String> echoes(Connection connection, long number) throws SQLException {
    List<String> echoes = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT echo FROM echo WHERE number = ? ORDER BY activity")) {
      select.setLong(1, number);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          echoes.add(found.getString(1));
        }
      }
    }
    return echoes;
  }
}
