package io.millrace.storage.orchestration;

import java.util.List;

/**
 * One turn of an execution's history: first the messages that the turn took, then what it asked
 * for, then perhaps the end of the execution. Events are numbered from 0 through the execution.
 *
 * @param instance the instance's number
 * @param execution from 1
 * @param turn from 1
 * @param firstEvent the number of the first event here
 * @param atMillis the time that the turn saw, Unix time
 * @param events never empty, immutable
 */
public record HistoryRow(
    long instance,
    int execution,
    int turn,
    int firstEvent,
    long atMillis,
    List<HistoryEvent> events)
    implements Row {

  /** Copies the events. */
  public HistoryRow {
    events = List.copyOf(events);
  }

  @Override
  public RowKey key() {
    return keyOf(instance, execution, turn);
  }

  /** Returns where a turn's row lies. */
  public static RowKey keyOf(long instance, int execution, int turn) {
    return new RowKey(Table.HISTORY, instance, ((long) execution << 32) | turn);
  }

  /** Returns the execution in the {@code sub} of such a key. */
  static int executionOf(long sub) {
    return (int) (sub >>> 32);
  }
}
