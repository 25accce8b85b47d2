package io.millrace.jmh.stress;

import io.millrace.jmh.stress.StressOptions.Sabotage;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Breaks a closed data directory on purpose, behind the engine's back, so that a test can see the
 * check fail. What it takes away is what a faulty pipeline would lose.
 */
final class Saboteur {

  private Saboteur() {}

  /** Does what the options ask for, to the newest orchestration there is. */
  static void strike(StressOptions options) {
    List<String> damage =
        switch (options.sabotage()) {
          case NONE -> List.of();
          case DROP_ROW ->
              List.of(
                  "DELETE FROM instance_rows WHERE number = (SELECT max(number) FROM instance_rows)");
          // What the record of the last turn wrote: its history row, and the instance's new state.
          case DROP_RECORD ->
              List.of(
                  "DELETE FROM history_rows WHERE instance = (SELECT max(number) FROM instance_rows)"
                      + " AND turn = (SELECT max(turn) FROM history_rows WHERE instance = (SELECT max(number) FROM instance_rows))",
                  "UPDATE instance_rows SET status = 1, finished_at_millis = 0, output = NULL"
                      + " WHERE number = (SELECT max(number) FROM instance_rows)");
        };
    if (options.sabotage() == Sabotage.NONE) {
      return;
    }
    try (Connection store =
            DriverManager.getConnection("jdbc:sqlite:" + options.directory().resolve("store.db"));
        Statement statement = store.createStatement()) {
      for (String sql : damage) {
        if (statement.executeUpdate(sql) != 1) {
          throw new IllegalStateException("the sabotage found nothing to break, sql=" + sql);
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("the sabotage did not succeed", failure);
    }
  }
}
