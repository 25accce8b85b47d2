package io.millrace.engine.internal.runtime;

import io.millrace.engine.Retention;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes what is not to be kept (C41): by age, and by number. It chooses from the store, oldest
 * first, a batch at a time; decide checks each choice again. The sweeper's thread.
 */
final class Retainer {

  private static final InstanceFilter ENDED = InstanceFilter.ALL.ended();
  private static final int PAGE = 500;
  private static final long INTERVAL_MAX = Duration.ofMinutes(1).toMillis();

  private final Retention retention;
  private final EngineParts parts;
  private final Purges purges;

  // written by: the sweeper's thread
  private Runnable wake = () -> {};
  private long nextAtMillis = Long.MAX_VALUE;

  Retainer(Retention retention, EngineParts parts, Purges purges) {
    this.retention = retention;
    this.parts = parts;
    this.purges = purges;
  }

  /**
   * Looks for the first time as soon as it is run.
   *
   * @param waker wakes the thread that runs it
   */
  void begin(Runnable waker) {
    wake = waker;
    if (retention.finishedFor() != null || retention.finishedMax() != Long.MAX_VALUE) {
      nextAtMillis = Long.MIN_VALUE;
    }
  }

  /** Deletes what is due, if it is time to look. */
  void run() throws StoreException {
    long now = parts.timers().nowMillis();
    if (now < nextAtMillis) {
      return;
    }
    Duration kept = retention.finishedFor();
    long interval = INTERVAL_MAX;
    if (kept != null) {
      interval = Math.min(interval, Math.max(100, kept.toMillis() / 10));
      deleteOlderThan(now - kept.toMillis());
    }
    if (retention.finishedMax() != Long.MAX_VALUE) {
      deleteBeyond(retention.finishedMax());
    }
    nextAtMillis = now + interval;
    var unused = parts.timers().at(nextAtMillis, wake);
  }

  /** What was started after the limit cannot have ended before it: there the look ends. */
  private void deleteOlderThan(long limitMillis) throws StoreException {
    long after = 0;
    boolean goOn = true;
    while (goOn) {
      List<InstanceRow> page;
      try (OrchestrationReader reader = parts.store().read()) {
        page = reader.instancesAfter(ENDED, after, PAGE);
      }
      List<InstanceRow> due = new ArrayList<>();
      for (InstanceRow row : page) {
        if (row.finishedAtMillis() <= limitMillis) {
          due.add(row);
        }
      }
      purges.deleteAll(due);
      InstanceRow last = page.isEmpty() ? null : page.get(page.size() - 1);
      after = last == null ? after : last.number();
      goOn = last != null && page.size() == PAGE && last.createdAtMillis() <= limitMillis;
    }
  }

  private void deleteBeyond(long most) throws StoreException {
    long before = Long.MAX_VALUE;
    long kept = 0;
    List<InstanceRow> page;
    do {
      try (OrchestrationReader reader = parts.store().read()) {
        if (before == Long.MAX_VALUE && ended(reader) <= most) {
          return;
        }
        page = reader.instances(ENDED, before, PAGE);
      }
      List<InstanceRow> beyond = new ArrayList<>();
      for (InstanceRow row : page) {
        if (row.root() == row.number() && ++kept > most) {
          beyond.add(row);
        }
      }
      purges.deleteAll(beyond);
      before = page.isEmpty() ? before : page.get(page.size() - 1).number();
    } while (page.size() == PAGE);
  }

  private static long ended(OrchestrationReader reader) throws StoreException {
    long[] counts = reader.countsByStatus();
    InstanceStatus[] statuses = InstanceStatus.values(); // the counts come in their order
    long ended = 0;
    for (int i = 0; i < statuses.length && i < counts.length; i++) {
      ended += statuses[i].isTerminal() ? counts[i] : 0;
    }
    return ended;
  }
}
