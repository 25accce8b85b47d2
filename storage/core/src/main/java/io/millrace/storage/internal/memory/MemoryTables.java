package io.millrace.storage.internal.memory;

import io.millrace.storage.internal.memory.InstanceRows.Part;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.orchestration.TombstoneRow;
import org.jspecify.annotations.Nullable;

/** The writer's side of the rows in memory. Guarded by its owner's lock. */
public final class MemoryTables {

  /** For trees that no view ever shares. */
  private static final long UNSHARED = 0;

  private long edition = 1;
  private final Trees shown = new Trees();
  private final LongTree<InstanceRows> instances = shown.instances();
  private final long[] countsByStatus = new long[InstanceStatus.values().length];

  private final LongTree<Row> tasks = new LongTree<>();
  private final LongTree<Row> timers = new LongTree<>();
  private final LongTree<Row> inbox = new LongTree<>();

  /** The numbers of finished instances by the order of their finishing. */
  private final LongTree<Long> finished = new LongTree<>();

  private long finishedLast;

  /** Makes empty tables. */
  public MemoryTables() {}

  /** Returns a view of the rows as they are now, which later changes leave alone. */
  public MemoryView view(long position) {
    edition++;
    return new MemoryView(position, shown.share(), countsByStatus.clone());
  }

  /** Applies a mutation that {@link BatchCheck} has let pass. */
  public void apply(RowMutation mutation) {
    if (mutation instanceof RowMutation.Insert insert) {
      put(insert.row());
    } else if (mutation instanceof RowMutation.Update update) {
      put(update.row());
    } else if (mutation instanceof RowMutation.Delete delete) {
      delete(delete.key());
    } else if (mutation instanceof RowMutation.DeleteHistory range) {
      removeRange(
          range.instance(),
          Part.HISTORY,
          HistoryRow.keyOf(range.instance(), range.fromExecution(), 0).sub(),
          HistoryRow.keyOf(range.instance(), range.belowExecution(), 0).sub());
    } else if (mutation instanceof RowMutation.DeleteExecutions range) {
      removeRange(range.instance(), Part.EXECUTIONS, range.fromExecution(), range.belowExecution());
    }
  }

  /** Removes the instances that finished first, with all their rows, down to a number of them. */
  public void evictFinished(int finishedInstancesMax) {
    while (finished.size() > finishedInstancesMax) {
      finished.ascend(
          Long.MIN_VALUE,
          (order, number) -> {
            evict(number);
            return false;
          });
    }
  }

  boolean holds(RowKey key) {
    return switch (key.table()) {
      case INSTANCES -> {
        InstanceRows rows = instances.get(key.number());
        yield rows != null && rows.row != null;
      }
      case HISTORY -> holds(key.number(), Part.HISTORY, key.sub());
      case EXECUTIONS -> holds(key.number(), Part.EXECUTIONS, key.sub());
      case ATTRIBUTES -> holds(key.number(), Part.ATTRIBUTES, 0);
      case TASKS -> tasks.get(key.number()) != null;
      case TIMERS -> timers.get(key.number()) != null;
      case INBOX -> inbox.get(key.number()) != null;
      case PAYLOAD_TYPES -> shown.types().get(key.number()) != null;
      case TOMBSTONES -> shown.tombstones().get(key.number()) != null;
      case REQUESTS -> shown.requests().get(key.number()) != null;
      case HELD_EVENTS -> shown.heldEvents().get(key.number()) != null;
      case SCHEDULES -> shown.schedules().get(key.number()) != null;
    };
  }

  private boolean holds(long instance, Part part, long key) {
    InstanceRows rows = instances.get(instance);
    LongTree<Row> tree = rows == null ? null : rows.part(part);
    return tree != null && tree.get(key) != null;
  }

  private void put(Row row) {
    if (row instanceof InstanceRow instance) {
      putInstance(instance);
    } else if (row instanceof HistoryRow turn) {
      owned(turn.instance()).put(Part.HISTORY, turn.key().sub(), turn);
    } else if (row instanceof TaskRow task) {
      put(Part.TASKS, tasks, task.number(), task);
    } else if (row instanceof TimerRow timer) {
      put(Part.TIMERS, timers, timer.number(), timer);
    } else if (row instanceof MessageRow message) {
      put(Part.INBOX, inbox, message.number(), message);
    } else if (row instanceof PayloadTypeRow type) {
      shown.types().put(type.id(), type, edition);
    } else {
      putSeldom(row);
    }
  }

  private void putSeldom(Row row) {
    if (row instanceof AttributesRow attributes) {
      owned(attributes.instance()).put(Part.ATTRIBUTES, 0, attributes);
    } else if (row instanceof ExecutionRow execution) {
      owned(execution.instance()).put(Part.EXECUTIONS, execution.execution(), execution);
    } else if (row instanceof TombstoneRow tombstone) {
      shown.tombstones().put(tombstone.root(), tombstone, edition);
    } else if (row instanceof RequestRow request) {
      shown.requests().put(request.number(), request, edition);
    } else if (row instanceof HeldEventRow held) {
      shown.heldEvents().put(held.number(), held, edition);
    } else if (row instanceof ScheduleRow schedule) {
      shown.schedules().put(schedule.number(), schedule, edition);
    }
  }

  private void put(Part part, LongTree<Row> byNumber, long number, Row row) {
    long instance = instanceOf(row);
    Row before = byNumber.put(number, row, UNSHARED);
    if (before != null) {
      forgetDeadline(before);
      if (instanceOf(before) != instance) {
        removeFrom(instanceOf(before), part, number);
      }
    }
    if (row instanceof TimerRow timer) {
      shown.deadlines().put(timer.fireAtMillis(), number, timer, edition);
    }
    owned(instance).put(part, number, row);
  }

  private void forgetDeadline(Row row) {
    if (row instanceof TimerRow timer) {
      shown.deadlines().remove(timer.fireAtMillis(), timer.number(), edition);
    }
  }

  private static long instanceOf(Row row) {
    if (row instanceof TaskRow task) {
      return task.instance();
    }
    if (row instanceof TimerRow timer) {
      return timer.instance();
    }
    if (row instanceof MessageRow message) {
      return message.instance();
    }
    throw new IllegalArgumentException("expected a row of an instance, row=" + row.key());
  }

  private void putInstance(InstanceRow row) {
    InstanceRows rows = owned(row.number());
    InstanceRow before = rows.row;
    if (before == null || !before.id().equals(row.id())) {
      if (before != null) {
        shown.ids().remove(before.id(), before.number(), edition);
      }
      shown.ids().put(row.id(), row.number(), edition);
    }
    if (before == null) {
      shown.addToFamily(row, edition);
    }
    count(before, -1);
    count(row, 1);
    rows.row = row;
    noteFinished(rows, row);
  }

  private void noteFinished(InstanceRows rows, @Nullable InstanceRow row) {
    boolean ended = row != null && row.status().isTerminal();
    if (ended && rows.finishedAs == 0 && row != null) {
      finishedLast++;
      rows.finishedAs = finishedLast;
      finished.put(finishedLast, row.number(), UNSHARED);
    } else if (!ended && rows.finishedAs != 0) {
      finished.remove(rows.finishedAs, UNSHARED);
      rows.finishedAs = 0;
    }
  }

  @SuppressWarnings("EnumOrdinal") // the index that the contract counts by
  private void count(@Nullable InstanceRow row, int change) {
    if (row != null) {
      countsByStatus[row.status().ordinal()] += change;
    }
  }

  private void delete(RowKey key) {
    switch (key.table()) {
      case INSTANCES -> deleteInstance(key.number());
      case HISTORY -> removeFrom(key.number(), Part.HISTORY, key.sub());
      case TASKS -> delete(Part.TASKS, tasks, key.number());
      case TIMERS -> delete(Part.TIMERS, timers, key.number());
      case INBOX -> delete(Part.INBOX, inbox, key.number());
      case PAYLOAD_TYPES -> shown.types().remove(key.number(), edition);
      case ATTRIBUTES -> removeFrom(key.number(), Part.ATTRIBUTES, 0);
      case EXECUTIONS -> removeFrom(key.number(), Part.EXECUTIONS, key.sub());
      case TOMBSTONES -> shown.tombstones().remove(key.number(), edition);
      case REQUESTS -> shown.requests().remove(key.number(), edition);
      case HELD_EVENTS -> shown.heldEvents().remove(key.number(), edition);
      case SCHEDULES -> shown.schedules().remove(key.number(), edition);
    }
  }

  private void delete(Part part, LongTree<Row> byNumber, long number) {
    Row before = byNumber.remove(number, UNSHARED);
    if (before != null) {
      forgetDeadline(before);
      removeFrom(instanceOf(before), part, number);
    }
  }

  private void deleteInstance(long number) {
    InstanceRows there = instances.get(number);
    InstanceRow row = there == null ? null : there.row;
    if (row == null) {
      return;
    }
    InstanceRows rows = owned(number);
    shown.ids().remove(row.id(), number, edition);
    shown.removeFromFamily(row, edition);
    count(row, -1);
    rows.row = null;
    noteFinished(rows, null);
    dropIfEmpty(number, rows);
  }

  private void removeRange(long instance, Part part, long from, long below) {
    if (instances.get(instance) != null) {
      InstanceRows rows = owned(instance);
      rows.removeRange(part, from, below);
      dropIfEmpty(instance, rows);
    }
  }

  private void removeFrom(long instance, Part part, long key) {
    if (instances.get(instance) != null) {
      InstanceRows rows = owned(instance);
      rows.remove(part, key);
      dropIfEmpty(instance, rows);
    }
  }

  private void evict(long number) {
    InstanceRows rows = instances.get(number);
    if (rows == null) {
      return;
    }
    forget(rows.part(Part.TASKS), tasks);
    forget(rows.part(Part.TIMERS), timers);
    forget(rows.part(Part.INBOX), inbox);
    deleteInstance(number);
    instances.remove(number, edition);
  }

  private void forget(@Nullable LongTree<Row> part, LongTree<Row> byNumber) {
    if (part != null) {
      part.ascend(
          Long.MIN_VALUE,
          (number, row) -> {
            byNumber.remove(number, UNSHARED);
            forgetDeadline(row);
            return true;
          });
    }
  }

  /** Returns an instance's rows, made if there are none, to be changed. */
  private InstanceRows owned(long number) {
    InstanceRows there = instances.get(number);
    if (there == null) {
      InstanceRows made = new InstanceRows(edition);
      instances.put(number, made, edition);
      return made;
    }
    InstanceRows own = there.own(edition);
    if (own != there) {
      instances.put(number, own, edition);
    }
    return own;
  }

  private void dropIfEmpty(long number, InstanceRows rows) {
    if (rows.isEmpty()) {
      instances.remove(number, edition);
    }
  }
}
