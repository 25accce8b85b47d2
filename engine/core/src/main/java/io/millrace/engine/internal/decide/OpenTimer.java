package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.TimerRow;
import org.jspecify.annotations.Nullable;

/**
 * A timer that has not fired, as the decide thread and the timer thread share it. Small, for there
 * may be very many whose instances are not in memory.
 */
public final class OpenTimer implements Comparable<OpenTimer> {

  private final long number;
  private final long instance;
  private final long fireAtMillis;
  private final int execution;
  private final int action;

  // written by: decide thread
  private volatile boolean dropped;
  private boolean out;
  private boolean read;

  OpenTimer(TimerRow row) {
    this.number = row.number();
    this.instance = row.instance();
    this.execution = row.execution();
    this.action = row.action();
    this.fireAtMillis = row.fireAtMillis();
  }

  /** Returns the timer's number. */
  public long number() {
    return number;
  }

  /** Returns the number of its instance. */
  public long instance() {
    return instance;
  }

  /** Returns what is kept of it. */
  public TimerRow row() {
    return new TimerRow(number, instance, execution, action, fireAtMillis);
  }

  /** Returns its absolute deadline, Unix time. */
  public long fireAtMillis() {
    return fireAtMillis;
  }

  /** Returns the event that set it. */
  int action() {
    return action;
  }

  /** Tells whether it need not fire any more. */
  public boolean isDropped() {
    return dropped;
  }

  /**
   * It need not fire.
   *
   * @return whether the timer thread has it, and so should hear
   */
  boolean drop() {
    dropped = true;
    return out;
  }

  /** Tells whether it was handed to the timer thread. Decide thread. */
  boolean isOut() {
    return out;
  }

  void goesOut() {
    out = true;
  }

  /** Tells whether it was read ahead from the store. Decide thread. */
  boolean isRead() {
    return read;
  }

  void wasRead() {
    read = true;
  }

  /**
   * By deadline, then by number: those of one deadline fire in the order in which they were set.
   */
  @Override
  public int compareTo(OpenTimer other) {
    int byDeadline = Long.compare(fireAtMillis, other.fireAtMillis);
    return byDeadline != 0 ? byDeadline : Long.compare(number, other.number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpenTimer that && number == that.number;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
