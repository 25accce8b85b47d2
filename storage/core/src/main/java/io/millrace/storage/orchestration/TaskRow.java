package io.millrace.storage.orchestration;

/**
 * An activity that has not completed. Its input stands in the history, in the event that asked for
 * it.
 *
 * @param number its number, never used before; the idempotency key is built on it
 * @param instance the instance's number
 * @param execution the execution that asked
 * @param action the event that asked
 * @param activity its name
 * @param tag the pool it is routed to, empty for the default one
 * @param attempt from 1
 * @param scheduledAtMillis Unix time
 */
public record TaskRow(
    long number,
    long instance,
    int execution,
    int action,
    String activity,
    String tag,
    int attempt,
    long scheduledAtMillis)
    implements Row {

  @Override
  public RowKey key() {
    return RowKey.of(Table.TASKS, number);
  }
}
