package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows made of earlier ones. */
final class Rows {

  private Rows() {}

  /** Returns the change that sets an instance aside (C21). */
  static RowMutation.Update quarantine(InstanceState instance, long atMillis, Failure why) {
    return new RowMutation.Update(
        instance.rowWith(InstanceStatus.QUARANTINED, instance.clamp(atMillis), why));
  }

  /** Returns the row of an instance that begins its next execution. */
  static InstanceRow nextExecution(InstanceRow over, String version, long atMillis) {
    return new InstanceRow(
        over.number(),
        over.id(),
        over.orchestration(),
        version,
        InstanceStatus.RUNNING,
        over.execution() + 1,
        0,
        0,
        over.createdAtMillis(),
        atMillis,
        0,
        over.parent(),
        over.parentExecution(),
        over.parentAction(),
        over.root(),
        0,
        null,
        null);
  }

  /** Returns the row of an instance whose end its parent does not wait for any more. */
  static InstanceRow withoutParent(InstanceRow row) {
    return new InstanceRow(
        row.number(),
        row.id(),
        row.orchestration(),
        row.version(),
        row.status(),
        row.execution(),
        row.turns(),
        row.events(),
        row.createdAtMillis(),
        row.updatedAtMillis(),
        row.finishedAtMillis(),
        row.parent(),
        row.parentExecution(),
        -1,
        row.root(),
        row.turnCrashes(),
        row.output(),
        row.failure());
  }

  /** Returns the row of a failed instance that goes on behind some turns of its execution. */
  static InstanceRow rewound(InstanceRow row, int turns, int events, long atMillis) {
    return new InstanceRow(
        row.number(),
        row.id(),
        row.orchestration(),
        row.version(),
        InstanceStatus.RUNNING,
        row.execution(),
        turns,
        events,
        row.createdAtMillis(),
        atMillis,
        0,
        row.parent(),
        row.parentExecution(),
        -1,
        row.root(),
        0,
        null,
        null);
  }

  /** Returns the row as it becomes after a turn; no attempt counts against the next one. */
  static InstanceRow after(
      InstanceRow row,
      int turns,
      int events,
      InstanceStatus status,
      long atMillis,
      @Nullable Payload output,
      @Nullable Failure failure) {
    return new InstanceRow(
        row.number(),
        row.id(),
        row.orchestration(),
        row.version(),
        status,
        row.execution(),
        turns,
        events,
        row.createdAtMillis(),
        atMillis,
        status.isTerminal() ? atMillis : 0,
        row.parent(),
        row.parentExecution(),
        row.parentAction(),
        row.root(),
        0,
        output,
        failure);
  }

  /** Returns the row with another count of turns that broke off. */
  static InstanceRow withTurnCrashes(InstanceRow row, int crashes) {
    return new InstanceRow(
        row.number(),
        row.id(),
        row.orchestration(),
        row.version(),
        row.status(),
        row.execution(),
        row.turns(),
        row.events(),
        row.createdAtMillis(),
        row.updatedAtMillis(),
        row.finishedAtMillis(),
        row.parent(),
        row.parentExecution(),
        row.parentAction(),
        row.root(),
        crashes,
        row.output(),
        row.failure());
  }

  /** Returns what is kept of an execution that is over while its instance goes on. */
  static ExecutionRow executionOver(
      InstanceRow over, ExecutionEnd end, long startedAtMillis, long atMillis) {
    return new ExecutionRow(
        over.number(),
        over.execution(),
        over.version(),
        end,
        startedAtMillis,
        atMillis,
        over.turns(),
        over.events(),
        over.failure());
  }

  /** Returns what the code has said about its instance after a turn, null if nothing new. */
  static @Nullable AttributesRow attributesAfter(
      long instance, @Nullable AttributesRow before, List<HistoryEvent.Action> actions) {
    int version = before == null ? 0 : before.customStatusVersion();
    Payload status = before == null ? null : before.customStatus();
    Map<String, Payload> values = null;
    boolean any = false;
    for (int i = 0; i < actions.size(); i++) {
      Object action = actions.get(i);
      if (action instanceof HistoryEvent.CustomStatusSet set) {
        status = set.status();
        version++;
        any = true;
      } else if (action instanceof HistoryEvent.KeyValueSet set) {
        if (values == null) {
          values = new TreeMap<>(before == null ? Map.of() : before.keyValues());
        }
        Payload value = set.value();
        if (value == null) {
          values.remove(set.key());
        } else {
          values.put(set.key(), value);
        }
        any = true;
      }
    }
    if (!any) {
      return null;
    }
    Map<String, Payload> kept = before == null ? Map.of() : before.keyValues();
    return new AttributesRow(instance, version, status, values == null ? kept : values);
  }
}
