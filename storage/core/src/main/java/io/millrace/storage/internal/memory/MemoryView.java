package io.millrace.storage.internal.memory;

import io.millrace.storage.internal.memory.InstanceRows.Part;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.orchestration.TombstoneRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows as they were when it was made. It holds no lock and has no time limit: all it costs is
 * that what was replaced since stays in memory until it is let go.
 */
public final class MemoryView implements OrchestrationReader {

  private final long position;
  private final Trees trees;
  private final long[] countsByStatus;

  MemoryView(long position, Trees trees, long[] countsByStatus) {
    this.position = position;
    this.trees = trees;
    this.countsByStatus = countsByStatus;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public @Nullable InstanceRow instanceById(String id) {
    return instance(trees.ids().newest(id, number -> instance(number) != null));
  }

  @Override
  public @Nullable InstanceRow instance(long number) {
    InstanceRows rows = trees.instances().get(number);
    return rows == null ? null : visible(rows);
  }

  /** Returns an instance's row unless its tree is deleted. */
  private @Nullable InstanceRow visible(InstanceRows rows) {
    InstanceRow row = rows.row;
    return row == null || isDeleted(row) ? null : row;
  }

  private boolean isDeleted(InstanceRow row) {
    return trees.tombstones().size() > 0 && trees.tombstones().get(row.root()) != null;
  }

  @Override
  public List<InstanceRow> instances(InstanceFilter filter, long before, int limit) {
    List<InstanceRow> found = new ArrayList<>();
    if (limit > 0) {
      LongTree<Boolean> family = family(filter);
      if (family == null) {
        trees.instances().descend(before, (number, rows) -> collect(filter, rows, found, limit));
      } else {
        family.descend(before, (number, member) -> collect(filter, number, found, limit));
      }
    }
    return found;
  }

  @Override
  public List<InstanceRow> instancesAfter(InstanceFilter filter, long after, int limit) {
    List<InstanceRow> found = new ArrayList<>();
    if (limit > 0 && after < Long.MAX_VALUE) {
      LongTree<Boolean> family = family(filter);
      if (family == null) {
        trees.instances().ascend(after + 1, (number, rows) -> collect(filter, rows, found, limit));
      } else {
        family.ascend(after + 1, (number, member) -> collect(filter, number, found, limit));
      }
    }
    return found;
  }

  /** Returns the few numbers that are all that a filter can let pass, null if there are none. */
  private @Nullable LongTree<Boolean> family(InstanceFilter filter) {
    if (filter.parent() == 0) {
      return null;
    }
    LongTree<Boolean> children = trees.children().group(filter.parent());
    return children == null ? new LongTree<>() : children;
  }

  private boolean collect(InstanceFilter filter, long number, List<InstanceRow> into, int limit) {
    InstanceRows rows = trees.instances().get(number);
    return rows == null || collect(filter, rows, into, limit);
  }

  private boolean collect(
      InstanceFilter filter, InstanceRows rows, List<InstanceRow> into, int limit) {
    InstanceRow row = visible(rows);
    if (row != null && filter.matches(row)) {
      into.add(row);
    }
    return into.size() < limit;
  }

  @Override
  public List<InstanceRow> openChildren(long parent) {
    if (parent == 0) {
      return List.of();
    }
    List<InstanceRow> open =
        instancesAfter(InstanceFilter.ALL.withParent(parent), 0, Integer.MAX_VALUE);
    open.removeIf(row -> row.status().isTerminal());
    return open;
  }

  @Override
  public List<Long> ofRoot(long root, long after, int limit) {
    List<Long> found = new ArrayList<>();
    if (limit <= 0 || after == Long.MAX_VALUE) {
      return found;
    }
    InstanceRows rows = trees.instances().get(root);
    if (rows != null && rows.row != null && root > after) {
      found.add(root);
    }
    LongTree<Boolean> members = trees.trees().group(root);
    if (members != null) {
      members.ascend(
          after + 1,
          (number, member) -> number == root || (found.add(number) && found.size() <= limit));
    }
    found.sort(Comparator.naturalOrder());
    return first(found, limit);
  }

  private static <T> List<T> first(List<T> found, int limit) {
    return found.size() <= limit ? found : new ArrayList<>(found.subList(0, Math.max(0, limit)));
  }

  @Override
  public List<RowKey> openKeys(long instance, int limit) {
    List<RowKey> keys = new ArrayList<>();
    for (Part part : List.of(Part.INBOX, Part.TASKS, Part.TIMERS)) {
      LongTree<Row> tree = partOf(trees.instances().get(instance), part);
      if (tree != null && keys.size() < limit) {
        tree.ascend(
            Long.MIN_VALUE,
            (number, row) -> {
              keys.add(row.key());
              return keys.size() < limit;
            });
      }
    }
    return keys;
  }

  @Override
  public List<HistoryRow> history(long instance, int execution, int fromTurn, int limit) {
    List<HistoryRow> found = new ArrayList<>();
    LongTree<Row> history = part(instance, Part.HISTORY);
    if (history != null && limit > 0) {
      history.ascend(
          HistoryRow.keyOf(instance, execution, Math.max(0, fromTurn)).sub(),
          (key, row) -> {
            HistoryRow turn = (HistoryRow) row;
            if (turn.execution() != execution) {
              return false;
            }
            found.add(turn);
            return found.size() < limit;
          });
    }
    return found;
  }

  @Override
  public List<MessageRow> inbox(long instance) {
    return all(instance, Part.INBOX, MessageRow.class);
  }

  @Override
  public List<TaskRow> tasks(long instance) {
    return all(instance, Part.TASKS, TaskRow.class);
  }

  @Override
  public List<TimerRow> timers(long instance) {
    return all(instance, Part.TIMERS, TimerRow.class);
  }

  @Override
  public @Nullable AttributesRow attributes(long instance) {
    List<AttributesRow> said = all(instance, Part.ATTRIBUTES, AttributesRow.class);
    return said.isEmpty() ? null : said.get(0);
  }

  @Override
  public List<ExecutionRow> executions(long instance, int before, int limit) {
    List<ExecutionRow> found = new ArrayList<>();
    LongTree<Row> executions = part(instance, Part.EXECUTIONS);
    if (executions != null && limit > 0) {
      executions.descend(
          before,
          (execution, row) -> {
            found.add((ExecutionRow) row);
            return found.size() < limit;
          });
    }
    return found;
  }

  @Override
  public List<TombstoneRow> tombstones() {
    return all(trees.tombstones());
  }

  @Override
  public List<RequestRow> requests() {
    return all(trees.requests());
  }

  @Override
  public List<HeldEventRow> heldEvents() {
    return all(trees.heldEvents());
  }

  @Override
  public List<ScheduleRow> schedules() {
    return all(trees.schedules());
  }

  @Override
  public List<PayloadTypeRow> payloadTypes() {
    return all(trees.types());
  }

  private static <R> List<R> all(LongTree<R> tree) {
    List<R> found = new ArrayList<>();
    tree.ascend(Long.MIN_VALUE, (number, row) -> found.add(row));
    return found;
  }

  @Override
  public void liveInstances(LongConsumer sink) {
    forEachInstance(
        row -> {
          if (!row.status().isTerminal()) {
            sink.accept(row.number());
          }
        });
  }

  private void forEachInstance(Consumer<InstanceRow> sink) {
    trees
        .instances()
        .ascend(
            Long.MIN_VALUE,
            (number, rows) -> {
              InstanceRow row = visible(rows);
              if (row != null) {
                sink.accept(row);
              }
              return true;
            });
  }

  @Override
  public void awake(long horizonMillis, LongConsumer sink) {
    forEachInstance(
        row -> {
          if (!row.status().isTerminal() && isAwake(row.number(), horizonMillis)) {
            sink.accept(row.number());
          }
        });
  }

  private boolean isAwake(long number, long horizonMillis) {
    return part(number, Part.INBOX) != null
        || part(number, Part.TASKS) != null
        || timers(number).stream().anyMatch(timer -> timer.fireAtMillis() < horizonMillis);
  }

  @Override
  public int timersDue(
      long afterMillis, long afterNumber, long untilMillis, int limit, Consumer<TimerRow> sink) {
    List<TimerRow> found = new ArrayList<>();
    if (limit > 0) {
      trees
          .deadlines()
          .ascend(
              afterMillis,
              (deadline, timers) ->
                  deadline <= untilMillis
                      && collectTimers(
                          timers, deadline == afterMillis ? afterNumber : 0, found, limit));
    }
    found.forEach(sink);
    return found.size();
  }

  private boolean collectTimers(
      LongTree<TimerRow> timers, long after, List<TimerRow> into, int limit) {
    timers.ascend(
        after + 1,
        (number, timer) -> {
          if (isVisible(timer.instance())) {
            into.add(timer);
          }
          return into.size() < limit;
        });
    return into.size() < limit;
  }

  /** Tells whether the rows of an instance are shown: those without one are. */
  private boolean isVisible(long instance) {
    InstanceRows rows = trees.instances().get(instance);
    return rows == null || rows.row == null || !isDeleted(rows.row);
  }

  @Override
  public List<MessageRow> orphanMessages(long after, int limit) {
    List<MessageRow> found = new ArrayList<>();
    trees
        .instances()
        .ascend(
            Long.MIN_VALUE,
            (number, rows) -> {
              InstanceRow row = rows.row;
              LongTree<Row> inbox = rows.part(Part.INBOX);
              if (inbox != null
                  && (row == null || (row.status().isTerminal() && !isDeleted(row)))) {
                inbox.ascend(after + 1, (key, message) -> found.add((MessageRow) message));
              }
              return true;
            });
    found.sort(Comparator.comparingLong(MessageRow::number));
    return first(found, limit);
  }

  @Override
  public void ids(Consumer<String> sink) {
    forEachInstance(row -> sink.accept(row.id()));
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the index that the contract counts by
  public long[] countsByStatus() {
    long[] counts = countsByStatus.clone();
    for (TombstoneRow tombstone : tombstones()) {
      for (long number : ofRoot(tombstone.root(), 0, Integer.MAX_VALUE)) {
        InstanceRows rows = trees.instances().get(number);
        if (rows != null && rows.row != null) {
          counts[rows.row.status().ordinal()]--;
        }
      }
    }
    return counts;
  }

  @Override
  public void close() {
    // There is nothing to give back; the rows go when the view does.
  }

  private @Nullable LongTree<Row> part(long instance, Part part) {
    return isVisible(instance) ? partOf(trees.instances().get(instance), part) : null;
  }

  private static @Nullable LongTree<Row> partOf(@Nullable InstanceRows rows, Part part) {
    return rows == null ? null : rows.part(part);
  }

  private <R extends Row> List<R> all(long instance, Part part, Class<R> type) {
    List<R> found = new ArrayList<>();
    LongTree<Row> tree = part(instance, part);
    if (tree != null) {
      tree.ascend(Long.MIN_VALUE, (number, row) -> found.add(type.cast(row)));
    }
    return found;
  }
}
