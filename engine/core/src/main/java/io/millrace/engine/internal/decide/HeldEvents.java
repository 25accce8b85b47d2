package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.EngineLimits;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events for instances that do not exist yet (C5): bounded in number, bytes and time, and delivered
 * in order when their instance starts. Decide thread, after the load.
 */
final class HeldEvents {

  private static final int EXPIRED_AT_ONCE_MAX = 16;

  private final EngineLimits limits;

  // written by: decide thread
  private final Map<String, List<HeldEventRow>> byInstance = new HashMap<>();
  private final LongMap<HeldEventRow> byNumber = new LongMap<>();
  private long bytes;

  HeldEvents(EngineLimits limits) {
    this.limits = limits;
  }

  /** Takes what the store holds, in order of number; and what was decided. */
  void add(HeldEventRow row) {
    byNumber.put(row.number(), row);
    byInstance.computeIfAbsent(row.instanceId(), id -> new ArrayList<>(1)).add(row);
    bytes += size(row);
  }

  private void remove(long number) {
    HeldEventRow row = byNumber.get(number);
    if (row != null) {
      byNumber.remove(number);
      bytes -= size(row);
      byInstance.computeIfPresent(
          row.instanceId(),
          (id, rows) -> {
            rows.remove(row);
            return rows.isEmpty() ? null : rows;
          });
    }
  }

  private static long size(HeldEventRow row) {
    return Sizes.of(new HistoryEvent.EventRaised(row.event(), row.data()));
  }

  /** Returns why an event cannot be held, or null. What has expired makes room first. */
  @Nullable CommandRefusedException refusal(HeldEventRow row) {
    List<HeldEventRow> same = byInstance.getOrDefault(row.instanceId(), List.of());
    long expired = same.stream().filter(held -> isExpired(held, row.arrivedAtMillis())).count();
    long sameBytes = size(row) + same.stream().mapToLong(HeldEvents::size).sum();
    if (byNumber.size() - Math.min(expired, EXPIRED_AT_ONCE_MAX) >= limits.heldEventsMax()) {
      return full("heldEventsMax=" + limits.heldEventsMax(), row);
    }
    if (bytes + size(row) > limits.heldEventBytesMax()) {
      return full("heldEventBytesMax=" + limits.heldEventBytesMax() + " bytes=" + bytes, row);
    }
    if (same.size() >= limits.bufferedEventsMax()) {
      return full("bufferedEventsMax=" + limits.bufferedEventsMax(), row);
    }
    return sameBytes > limits.bufferedEventBytesMax()
        ? full("bufferedEventBytesMax=" + limits.bufferedEventBytesMax(), row)
        : null;
  }

  private static CommandRefusedException full(String limit, HeldEventRow row) {
    return new CommandRefusedException(
        CommandRefusedException.Reason.LIMIT,
        "too much is held for instances that do not exist; start them, or raise it again later, "
            + limit
            + " id="
            + row.instanceId()
            + " event="
            + row.event());
  }

  /** Adds to a decision that an event is held, and that some that have expired are let go. */
  void hold(HeldEventRow row, Decision<RowMutation> decision) {
    decision.mutate(new RowMutation.Insert(row));
    int[] left = {EXPIRED_AT_ONCE_MAX};
    byNumber.forEach(
        held -> {
          if (isExpired(held, row.arrivedAtMillis()) && left[0]-- > 0) {
            delete(held, decision);
          }
        });
  }

  /** Adds to a decision that starts an instance what was held for it, in order. */
  void deliver(
      String id, long instance, Numbers numbers, long atMillis, Decision<RowMutation> decision) {
    for (HeldEventRow held : byInstance.getOrDefault(id, List.of())) {
      delete(held, decision);
      if (!isExpired(held, atMillis)) {
        decision.mutate(
            new RowMutation.Insert(
                new MessageRow(
                    numbers.draw(),
                    instance,
                    0,
                    atMillis,
                    new HistoryEvent.EventRaised(held.event(), held.data()))));
      }
    }
  }

  private static void delete(HeldEventRow held, Decision<RowMutation> decision) {
    decision.mutate(new RowMutation.Delete(RowKey.of(Table.HELD_EVENTS, held.number())));
  }

  private static boolean isExpired(HeldEventRow row, long nowMillis) {
    return nowMillis >= row.expiresAtMillis();
  }

  /** Lays a change over this. */
  void fold(RowMutation mutation) {
    if (mutation instanceof RowMutation.Insert insert && insert.row() instanceof HeldEventRow row) {
      add(row);
    } else if (mutation instanceof RowMutation.Delete delete) {
      remove(delete.key().number());
    }
  }
}
