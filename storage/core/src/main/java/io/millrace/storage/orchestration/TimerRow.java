package io.millrace.storage.orchestration;

/**
 * A timer that has not fired.
 *
 * @param number its number, never used before
 * @param instance the instance's number
 * @param execution the execution that set it
 * @param action the event that set it
 * @param fireAtMillis its absolute deadline, Unix time
 */
public record TimerRow(long number, long instance, int execution, int action, long fireAtMillis)
    implements Row {

  @Override
  public RowKey key() {
    return RowKey.of(Table.TIMERS, number);
  }
}
