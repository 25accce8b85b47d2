package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;

/**
 * A schedule that starts instances.
 *
 * @param number its number, never used before
 * @param id the caller's id
 * @param cron when, as a cron expression
 * @param zone the time zone that the expression is read in
 * @param orchestration the name of what it starts
 * @param version the version of what it starts, empty for the one registered then
 * @param input what each instance is given
 * @param overlap what happens while the last instance still runs
 * @param catchUpMillis how late an occurrence may still be handled
 * @param paused whether it is held
 * @param lastAtMillis the last occurrence handled, Unix time; 0 for none
 * @param nextAtMillis the next occurrence, Unix time; 0 for none
 * @param lastInstance the number of the instance started last, 0 for none
 * @param createdAtMillis Unix time
 */
public record ScheduleRow(
    long number,
    String id,
    String cron,
    String zone,
    String orchestration,
    String version,
    Payload input,
    Overlap overlap,
    long catchUpMillis,
    boolean paused,
    long lastAtMillis,
    long nextAtMillis,
    long lastInstance,
    long createdAtMillis)
    implements Row {

  @Override
  public RowKey key() {
    return RowKey.of(Table.SCHEDULES, number);
  }
}
