package io.millrace.engine.internal.decide;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.ScheduleRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All schedules (C8). They are few, so all of them are in memory. Changed by the decide thread;
 * looked up by any.
 */
public final class ScheduleBook {

  private static final long AGAIN_MILLIS = 1_000;

  private final ConcurrentHashMap<String, ScheduleEntry> byId = new ConcurrentHashMap<>();
  private final Outlet outlet;

  // written by: decide thread
  private final Map<Long, ScheduleEntry> byRunning = new HashMap<>();
  // and always before what has changed: whoever sees the change then waits for its position (I4)
  private volatile long changedAt;

  ScheduleBook(Outlet outlet) {
    this.outlet = outlet;
  }

  /** Returns a schedule, or null. */
  public @Nullable ScheduleEntry find(String id) {
    return byId.get(id);
  }

  /** Returns all schedules, in no order. */
  public Collection<ScheduleEntry> all() {
    return byId.values();
  }

  /** Returns the position of the last change; what was read before is not newer. */
  public long changedAt() {
    return changedAt;
  }

  int size() {
    return byId.size();
  }

  /** Takes what the store holds; before any other thread of the engine runs. */
  void load(OrchestrationReader reader) throws StoreException {
    for (ScheduleRow row : reader.schedules()) {
      ScheduleEntry entry = new ScheduleEntry(row);
      byId.put(row.id(), entry);
      InstanceRow last = row.lastInstance() == 0 ? null : reader.instance(row.lastInstance());
      if (last != null && !last.status().isTerminal()) {
        running(entry, last.number());
      }
    }
  }

  /** Lets the alarms of what was loaded go off. */
  void begin() {
    byId.values().forEach(this::setAlarm);
  }

  void added(ScheduleEntry entry, long position) {
    changedAt = position;
    byId.put(entry.id(), entry);
    setAlarm(entry);
  }

  void changed(ScheduleEntry entry, ScheduleRow row, long position) {
    changedAt = position;
    entry.row(row);
    setAlarm(entry);
  }

  void removed(ScheduleEntry entry, long position) {
    changedAt = position;
    entry.delete();
    byId.remove(entry.id(), entry);
    byRunning.remove(entry.runningInstance(), entry);
    setAlarm(entry);
  }

  /** An occurrence has started an instance. */
  void running(ScheduleEntry entry, long instance) {
    byRunning.remove(entry.runningInstance(), entry);
    entry.runningInstance(instance);
    byRunning.put(instance, entry);
  }

  /** An instance has ended, or is gone; most are of no schedule. */
  void ended(long instance) {
    if (!byRunning.isEmpty()) {
      ScheduleEntry entry = byRunning.remove(instance);
      if (entry != null) {
        entry.runningInstance(0);
      }
    }
  }

  /** An occurrence could not be decided, for the store could not be read: tries again, soon. */
  void again(ScheduleEntry entry, long nowMillis) {
    ScheduleAlarm old = entry.alarm();
    if (old != null && !old.isDropped()) {
      ScheduleAlarm next = new ScheduleAlarm(entry, old.atMillis(), nowMillis + AGAIN_MILLIS);
      old.drop();
      entry.alarm(next);
      outlet.schedule(next);
    }
  }

  /** A schedule has let occurrences go by, for they were too late. */
  void missed(ScheduleRow before, ScheduleRow after) {
    outlet.report(
        "schedule let go by what was later than its catch-up window, id="
            + before.id()
            + " first="
            + Instant.ofEpochMilli(before.nextAtMillis())
            + " next="
            + Instant.ofEpochMilli(after.nextAtMillis())
            + " catchUp="
            + Duration.ofMillis(before.catchUpMillis()));
  }

  private void setAlarm(ScheduleEntry entry) {
    ScheduleAlarm old = entry.alarm();
    ScheduleRow row = entry.row();
    boolean wanted = !entry.isDeleted() && !row.paused() && row.nextAtMillis() > 0;
    if (old != null && (!wanted || old.atMillis() != row.nextAtMillis())) {
      old.drop();
      entry.alarm(null);
      old = null;
    }
    if (wanted && old == null) {
      ScheduleAlarm alarm = new ScheduleAlarm(entry, row.nextAtMillis(), row.nextAtMillis());
      entry.alarm(alarm);
      outlet.schedule(alarm);
    }
  }
}
