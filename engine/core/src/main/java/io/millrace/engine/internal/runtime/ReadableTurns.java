package io.millrace.engine.internal.runtime;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import java.util.ArrayList;
import java.util.List;

/** Reads what can be read of a history that has a damaged row in it (C21). */
final class ReadableTurns {

  private ReadableTurns() {}

  /**
   * Returns turns up to the first whose row cannot be decoded.
   *
   * @throws StoreException.Failed if that is the very first; names it
   */
  static List<HistoryRow> upToTheDamage(
      OrchestrationReader reader, long instance, int execution, int fromTurn, int limit)
      throws StoreException {
    try {
      return reader.history(instance, execution, fromTurn, limit);
    } catch (StoreException.Failed damaged) {
      List<HistoryRow> turns = new ArrayList<>();
      int next = fromTurn;
      while (turns.size() < limit) {
        List<HistoryRow> one;
        try {
          one = reader.history(instance, execution, next, 1);
        } catch (StoreException.Failed here) {
          if (turns.isEmpty()) {
            throw here;
          }
          return turns;
        }
        if (one.isEmpty()) {
          return turns;
        }
        turns.addAll(one);
        next = one.get(0).turn() + 1;
      }
      return turns;
    }
  }

  /**
   * Returns all turns whose rows can be decoded; a gap in their numbers shows where one cannot.
   *
   * @param last the number of the last turn
   */
  static List<HistoryRow> all(OrchestrationReader reader, long instance, int execution, int last)
      throws StoreException {
    try {
      return reader.history(instance, execution, 1, Integer.MAX_VALUE);
    } catch (StoreException.Failed damaged) {
      List<HistoryRow> turns = new ArrayList<>();
      for (int turn = 1; turn <= last; turn++) {
        try {
          for (HistoryRow row : reader.history(instance, execution, turn, 1)) {
            turns.add(row);
            turn = Math.max(turn, row.turn());
          }
        } catch (StoreException.Failed here) {
          damaged.addSuppressed(here);
        }
      }
      return turns;
    }
  }
}
