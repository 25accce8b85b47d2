package io.millrace.storage.orchestration;

/**
 * A message that no turn has taken yet. Messages of one instance are taken in the order of their
 * numbers.
 *
 * @param number its number, never used before
 * @param instance the instance's number
 * @param execution the execution that a completion is for; 0 for any: starts, events, cancels
 * @param arrivedAtMillis Unix time
 * @param message what arrived
 */
public record MessageRow(
    long number, long instance, int execution, long arrivedAtMillis, HistoryEvent.Message message)
    implements Row {

  @Override
  public RowKey key() {
    return RowKey.of(Table.INBOX, number);
  }
}
