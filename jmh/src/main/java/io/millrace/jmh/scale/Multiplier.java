package io.millrace.jmh.scale;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Copies the rows of one instance of a closed store, under numbers and ids that no engine gives
 * out.
 */
final class Multiplier {

  private static final int ROWS_A_COMMIT = 500_000;

  /** An engine counts up from the bottom of an epoch; this is far above what it can reach. */
  private static final long FIRST = 1L << 40;

  /** Each copy takes so many numbers, for what belongs to it. */
  private static final int STRIDE = 64;

  private static final Map<String, String> INSTANCES =
      Map.of("number", "$n", "id", "printf('copy-%09d', n)", "root", "$n");
  private static final Map<String, String> HISTORY = Map.of("instance", "$n");
  private static final Map<String, String> TIMERS = Map.of("number", "$n + 1", "instance", "$n");

  private final Statement sql;
  private final long pattern;

  private Multiplier(Statement sql, long pattern) {
    this.sql = sql;
    this.pattern = pattern;
  }

  /**
   * Copies.
   *
   * @param store the file of a store that nobody has open
   * @param count how many copies
   */
  static void multiply(Path store, int count) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement sql = connection.createStatement()) {
      // A fixture that a crash tears is made again.
      sql.execute("PRAGMA synchronous = OFF");
      sql.execute("PRAGMA cache_size = -262144");
      Multiplier multiplier = new Multiplier(sql, number(sql));
      for (int from = 0; from < count; from += ROWS_A_COMMIT) {
        int to = Math.min(count, from + ROWS_A_COMMIT);
        sql.execute("BEGIN");
        multiplier.copy("instance_rows", "number", INSTANCES, from, to);
        multiplier.copy("history_rows", "instance", HISTORY, from, to);
        multiplier.copy("timer_rows", "instance", TIMERS, from, to);
        sql.execute("COMMIT");
        sql.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
      sql.execute("PRAGMA synchronous = FULL");
      sql.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private static long number(Statement sql) throws SQLException {
    try (ResultSet first = sql.executeQuery("SELECT min(number) FROM instance_rows")) {
      return first.getLong(1);
    }
  }

  /** A row of the pattern comes once for each copy; in each, what numbers it says is replaced. */
  private void copy(String table, String owner, Map<String, String> replaced, int from, int to)
      throws SQLException {
    List<String> columns = columns(table);
    List<String> values = new ArrayList<>();
    String number = "(" + (pattern + FIRST) + " + n * " + STRIDE + ")";
    for (String column : columns) {
      values.add(replaced.getOrDefault(column, "p." + column).replace("$n", number));
    }
    sql.executeUpdate(
        "WITH RECURSIVE copies(n) AS (SELECT "
            + from
            + " UNION ALL SELECT n + 1 FROM copies WHERE n + 1 < "
            + to
            + ") INSERT INTO "
            + table
            + " ("
            + String.join(", ", columns)
            + ") SELECT "
            + String.join(", ", values)
            + " FROM copies CROSS JOIN (SELECT * FROM "
            + table
            + " WHERE "
            + owner
            + " = "
            + pattern
            + ") p");
  }

  private List<String> columns(String table) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet found =
        sql.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }
}
