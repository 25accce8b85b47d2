package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.decide.ActivityWork;
import io.millrace.engine.internal.decide.TaskHeartbeat;
import io.millrace.storage.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeats of one attempt: when the last was, and what it said. Writes the first down at
 * once, and of those that follow the latest at the end of each interval.
 */
final class Heartbeats {

  private final ActivityWork work;
  private final ActivityDesk desk;

  // guarded by this
  private long lastMillis;
  private long nextWriteMillis = Long.MIN_VALUE;
  private @Nullable Payload unwritten;
  private boolean alarmed;
  private boolean over;

  Heartbeats(ActivityWork work, ActivityDesk desk) {
    this.work = work;
    this.desk = desk;
  }

  /** Returns when there was a sign of life last. */
  synchronized long lastMillis() {
    return lastMillis;
  }

  synchronized void beat() {
    lastMillis = desk.clock().nowMillis();
  }

  void beat(Payload details) {
    long now = desk.clock().nowMillis();
    boolean later = false;
    synchronized (this) {
      if (over) {
        return;
      }
      lastMillis = now;
      unwritten = details;
      if (now < nextWriteMillis) {
        if (alarmed) {
          return;
        }
        alarmed = true;
        later = true;
      }
    }
    if (later) {
      desk.clock().at(nextWriteMillis(), this::write);
    } else {
      write();
    }
  }

  private synchronized long nextWriteMillis() {
    return nextWriteMillis;
  }

  private void write() {
    long now = desk.clock().nowMillis();
    Payload details;
    synchronized (this) {
      alarmed = false;
      details = unwritten;
      if (over || details == null) {
        return;
      }
      unwritten = null;
      nextWriteMillis = now + desk.options(work).heartbeatInterval().toMillis();
    }
    desk.port().publish(new TaskHeartbeat(now, work, details));
  }

  /** The attempt is over; returns what was not written down, which goes along with its end. */
  synchronized @Nullable Payload end() {
    over = true;
    return unwritten;
  }
}
