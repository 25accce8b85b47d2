package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;
import org.jspecify.annotations.Nullable;

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
 * @param crashes how many of its attempts ended with the process
 * @param notBeforeMillis when a retry may begin, Unix time; 0 for at once
 * @param heartbeat what an attempt said last of how far it is, null if nothing
 * @param lastFailure why the attempt before failed, null if there was none
 */
public record TaskRow(
    long number,
    long instance,
    int execution,
    int action,
    String activity,
    String tag,
    int attempt,
    long scheduledAtMillis,
    int crashes,
    long notBeforeMillis,
    @Nullable Payload heartbeat,
    @Nullable Failure lastFailure)
    implements Row {

  /** Returns the task of a call's first attempt, which may begin at once. */
  public static TaskRow first(
      long number,
      long instance,
      int execution,
      int action,
      String activity,
      String tag,
      long scheduledAtMillis) {
    return new TaskRow(
        number, instance, execution, action, activity, tag, 1, scheduledAtMillis, 0, 0, null, null);
  }

  @Override
  public RowKey key() {
    return RowKey.of(Table.TASKS, number);
  }
}
