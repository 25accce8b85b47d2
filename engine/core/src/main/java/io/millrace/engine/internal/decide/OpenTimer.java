package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.TimerRow;
import org.jspecify.annotations.Nullable;

/** A timer that has not fired, as the decide thread and the timer thread share it. */
public final class OpenTimer implements Comparable<OpenTimer> {

  private final TimerRow row;

  // written by: decide thread
  private volatile boolean dropped;

  OpenTimer(TimerRow row) {
    this.row = row;
  }

  /** Returns what is kept of it. */
  public TimerRow row() {
    return row;
  }

  /** Returns its absolute deadline, Unix time. */
  public long fireAtMillis() {
    return row.fireAtMillis();
  }

  /** Tells whether it need not fire any more. */
  public boolean isDropped() {
    return dropped;
  }

  void drop() {
    dropped = true;
  }

  /**
   * By deadline, then by number: those of one deadline fire in the order in which they were set.
   */
  @Override
  public int compareTo(OpenTimer other) {
    int byDeadline = Long.compare(row.fireAtMillis(), other.row.fireAtMillis());
    return byDeadline != 0 ? byDeadline : Long.compare(row.number(), other.row.number());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpenTimer that && row.number() == that.row.number();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(row.number());
  }
}
