package io.millrace.jmh.ladder;

import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TaskRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes of a recorded command one of another instance, so that a short trace feeds a long run:
 * numbers move up, ids get an ending. What it allocates stands for what deciding would.
 */
final class Renumbering {

  /** Above the numbers that a trace of 10,000 instances draws. */
  private static final long STRIDE = 1L << 20;

  private final long offset;
  private final String ending;

  /**
   * Makes one.
   *
   * @param round 0 changes nothing but the ids
   */
  Renumbering(long round) {
    offset = round * STRIDE;
    ending = "-" + round;
  }

  List<RowMutation> of(List<RowMutation> command) {
    List<RowMutation> moved = new ArrayList<>(command.size());
    for (int i = 0; i < command.size(); i++) {
      moved.add(of(command.get(i)));
    }
    return moved;
  }

  private RowMutation of(RowMutation mutation) {
    if (mutation instanceof RowMutation.Insert insert) {
      return new RowMutation.Insert(of(insert.row()));
    } else if (mutation instanceof RowMutation.Update update) {
      return new RowMutation.Update(of(update.row()));
    } else if (mutation instanceof RowMutation.Delete delete) {
      RowKey key = delete.key();
      return new RowMutation.Delete(new RowKey(key.table(), key.number() + offset, key.sub()));
    }
    throw new IllegalArgumentException("expected a change of one row, mutation=" + mutation);
  }

  private Row of(Row row) {
    if (row instanceof TaskRow task) {
      return new TaskRow(
          task.number() + offset,
          task.instance() + offset,
          task.execution(),
          task.action(),
          task.activity(),
          task.tag(),
          task.attempt(),
          task.scheduledAtMillis(),
          task.crashes(),
          task.notBeforeMillis(),
          task.heartbeat(),
          task.lastFailure());
    } else if (row instanceof MessageRow message) {
      return new MessageRow(
          message.number() + offset,
          message.instance() + offset,
          message.execution(),
          message.arrivedAtMillis(),
          message.message());
    } else if (row instanceof HistoryRow turn) {
      return new HistoryRow(
          turn.instance() + offset,
          turn.execution(),
          turn.turn(),
          turn.firstEvent(),
          turn.atMillis(),
          turn.events());
    } else if (row instanceof InstanceRow instance) {
      return of(instance);
    }
    throw new IllegalArgumentException("expected a row of a fan-out, row=" + row);
  }

  private InstanceRow of(InstanceRow row) {
    return new InstanceRow(
        row.number() + offset,
        row.id() + ending,
        row.orchestration(),
        row.version(),
        row.status(),
        row.execution(),
        row.turns(),
        row.events(),
        row.createdAtMillis(),
        row.updatedAtMillis(),
        row.finishedAtMillis(),
        row.parent(),
        row.parentExecution(),
        row.parentAction(),
        row.root() + offset,
        row.turnCrashes(),
        row.output(),
        row.failure());
  }
}
