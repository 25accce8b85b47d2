package io.millrace.storage.internal.memory;

import io.millrace.storage.internal.memory.InstanceRows.Part;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import java.util.ArrayList;
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
  private final LongTree<InstanceRows> instances;
  private final IdTree ids;
  private final LongTree<PayloadTypeRow> types;
  private final long[] countsByStatus;

  MemoryView(
      long position,
      LongTree<InstanceRows> instances,
      IdTree ids,
      LongTree<PayloadTypeRow> types,
      long[] countsByStatus) {
    this.position = position;
    this.instances = instances;
    this.ids = ids;
    this.types = types;
    this.countsByStatus = countsByStatus;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public @Nullable InstanceRow instanceById(String id) {
    return instance(ids.newest(id, number -> true));
  }

  @Override
  public @Nullable InstanceRow instance(long number) {
    InstanceRows rows = instances.get(number);
    return rows == null ? null : rows.row;
  }

  @Override
  public List<InstanceRow> instancesBefore(long before, int limit) {
    List<InstanceRow> found = new ArrayList<>();
    if (limit > 0) {
      instances.descend(
          before,
          (number, rows) -> {
            if (rows.row != null) {
              found.add(rows.row);
            }
            return found.size() < limit;
          });
    }
    return found;
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
  public List<PayloadTypeRow> payloadTypes() {
    List<PayloadTypeRow> found = new ArrayList<>();
    types.ascend(Long.MIN_VALUE, (id, type) -> found.add(type));
    return found;
  }

  @Override
  public void liveInstances(LongConsumer sink) {
    instances.ascend(
        Long.MIN_VALUE,
        (number, rows) -> {
          if (rows.row != null && !rows.row.status().isTerminal()) {
            sink.accept(number);
          }
          return true;
        });
  }

  @Override
  public void ids(Consumer<String> sink) {
    instances.ascend(
        Long.MIN_VALUE,
        (number, rows) -> {
          if (rows.row != null) {
            sink.accept(rows.row.id());
          }
          return true;
        });
  }

  @Override
  public long[] countsByStatus() {
    return countsByStatus.clone();
  }

  @Override
  public void close() {
    // There is nothing to give back; the rows go when the view does.
  }

  private @Nullable LongTree<Row> part(long instance, Part part) {
    InstanceRows rows = instances.get(instance);
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
