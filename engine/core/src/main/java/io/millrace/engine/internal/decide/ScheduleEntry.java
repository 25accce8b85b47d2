package io.millrace.engine.internal.decide;

import io.millrace.engine.internal.schedule.Cron;
import io.millrace.engine.internal.schedule.CronTimes;
import io.millrace.storage.orchestration.ScheduleRow;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** One schedule in memory. Changed by the decide thread; {@link #row} may be read by any. */
public final class ScheduleEntry {

  // written by: decide thread
  private volatile ScheduleRow row;
  private CronTimes times;
  private @Nullable ScheduleAlarm alarm;
  private long runningInstance;
  private boolean deleted;

  ScheduleEntry(ScheduleRow row) {
    this.row = row;
    this.times = times(row);
  }

  private static CronTimes times(ScheduleRow row) {
    return new CronTimes(Cron.parse(row.cron()), ZoneId.of(row.zone()));
  }

  /** Returns where it stands; not yet durable, perhaps. */
  public ScheduleRow row() {
    return row;
  }

  long number() {
    return row.number();
  }

  String id() {
    return row.id();
  }

  CronTimes times() {
    return times;
  }

  void row(ScheduleRow next) {
    if (!next.cron().equals(row.cron()) || !next.zone().equals(row.zone())) {
      times = times(next);
    }
    row = next;
  }

  @Nullable ScheduleAlarm alarm() {
    return alarm;
  }

  void alarm(@Nullable ScheduleAlarm next) {
    alarm = next;
  }

  /** Returns the number of the instance started last while that has not ended, else 0. */
  long runningInstance() {
    return runningInstance;
  }

  void runningInstance(long number) {
    runningInstance = number;
  }

  boolean isDeleted() {
    return deleted;
  }

  void delete() {
    deleted = true;
  }

  /** Returns the row as it becomes when an occurrence has been handled. */
  ScheduleRow rowAfter(long lastAtMillis, long nextAtMillis, long lastInstance) {
    return new ScheduleRow(
        row.number(),
        row.id(),
        row.cron(),
        row.zone(),
        row.orchestration(),
        row.version(),
        row.input(),
        row.overlap(),
        row.catchUpMillis(),
        row.paused(),
        lastAtMillis,
        nextAtMillis,
        lastInstance,
        row.createdAtMillis());
  }

  /** Returns the row as it becomes when it is held or goes on. */
  ScheduleRow rowPaused(boolean paused, long nextAtMillis) {
    return new ScheduleRow(
        row.number(),
        row.id(),
        row.cron(),
        row.zone(),
        row.orchestration(),
        row.version(),
        row.input(),
        row.overlap(),
        row.catchUpMillis(),
        paused,
        row.lastAtMillis(),
        nextAtMillis,
        row.lastInstance(),
        row.createdAtMillis());
  }
}
