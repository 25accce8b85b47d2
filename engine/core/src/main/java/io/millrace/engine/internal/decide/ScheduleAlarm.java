package io.millrace.engine.internal.decide;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The next occurrence of a schedule, as the decide thread and the timer thread share it. */
public final class ScheduleAlarm implements Comparable<ScheduleAlarm> {

  private final ScheduleEntry schedule;
  private final long atMillis;
  private final long ringAtMillis;

  // written by: decide thread
  private volatile boolean dropped;

  ScheduleAlarm(ScheduleEntry schedule, long atMillis, long ringAtMillis) {
    this.schedule = schedule;
    this.atMillis = atMillis;
    this.ringAtMillis = ringAtMillis;
  }

  /** Returns whose occurrence it is. */
  public ScheduleEntry schedule() {
    return schedule;
  }

  /** Returns when it is due, Unix time. */
  public long atMillis() {
    return atMillis;
  }

  /** Returns when it goes off; later than it is due only after a failed try. */
  public long ringAtMillis() {
    return ringAtMillis;
  }

  /** Returns the id of the instance that it starts. */
  public String instanceId() {
    return instanceId(schedule.id(), atMillis);
  }

  /** Returns the id of the instance that an occurrence starts. */
  public static String instanceId(String scheduleId, long atMillis) {
    return scheduleId + "/" + Instant.ofEpochMilli(atMillis);
  }

  /** Tells whether it need not go off any more. */
  public boolean isDropped() {
    return dropped;
  }

  void drop() {
    dropped = true;
  }

  /** By time, then by the number of the schedule. */
  @Override
  public int compareTo(ScheduleAlarm other) {
    int byTime = Long.compare(atMillis, other.atMillis);
    return byTime != 0 ? byTime : Long.compare(schedule.number(), other.schedule.number());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
