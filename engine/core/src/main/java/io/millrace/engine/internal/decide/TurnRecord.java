package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.payload.Payload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Computes the one record that completes a turn, without changing state. */
final class TurnRecord {

  private final EngineState state;
  private final InstanceState instance;
  private final TurnWork work;
  private final long atMillis;

  TurnRecord(EngineState state, InstanceState instance, TurnWork work, long atMillis) {
    this.state = state;
    this.instance = instance;
    this.work = work;
    this.atMillis = atMillis;
  }

  /** The code waits. */
  void go(List<HistoryEvent.Action> actions, Decision<RowMutation> decision) {
    int firstAction = insertHistory(actions, null, decision);
    open(actions, firstAction, decision);
    cancel(actions, decision);
    deleteTaken(decision);
    update(actions.size(), InstanceStatus.RUNNING, null, null, decision);
  }

  /** The execution ends; what the turn newly asked for is not even begun. */
  void end(
      List<HistoryEvent.Action> actions,
      InstanceStatus status,
      @Nullable Payload output,
      @Nullable Failure failure,
      Decision<RowMutation> decision) {
    insertHistory(actions, ending(status), decision);
    deleteTaken(decision);
    Departure.deleteOpen(instance, instance.taken(), decision);
    update(actions.size() + 1, status, output, failure, decision);
  }

  private static HistoryEvent.Ending ending(InstanceStatus status) {
    return switch (status) {
      case COMPLETED -> new HistoryEvent.ExecutionCompleted();
      case FAILED -> new HistoryEvent.ExecutionFailed();
      default -> new HistoryEvent.ExecutionCancelled();
    };
  }

  private int insertHistory(
      List<HistoryEvent.Action> actions,
      HistoryEvent.@Nullable Ending ending,
      Decision<RowMutation> decision) {
    List<HistoryEvent> events = new ArrayList<>(instance.taken() + actions.size() + 1);
    events.addAll(work.turn().messages());
    events.addAll(actions);
    if (ending != null) {
      events.add(ending);
    }
    int first = instance.row().events();
    decision.mutate(
        new RowMutation.Insert(
            new HistoryRow(
                instance.number(),
                instance.row().execution(),
                instance.row().turns() + 1,
                first,
                work.turn().atMillis(),
                events)));
    return first + instance.taken();
  }

  private void open(
      List<HistoryEvent.Action> actions, int firstAction, Decision<RowMutation> decision) {
    Set<Integer> cancelled = cancelled(actions);
    int execution = instance.row().execution();
    for (int i = 0; i < actions.size(); i++) {
      HistoryEvent.Action action = actions.get(i);
      int event = firstAction + i;
      if (cancelled.contains(event)) {
        continue;
      }
      if (action instanceof HistoryEvent.ActivityScheduled scheduled) {
        decision.mutate(
            new RowMutation.Insert(
                TaskRow.first(
                    state.numbers().draw(),
                    instance.number(),
                    execution,
                    event,
                    scheduled.activity(),
                    scheduled.tag(),
                    atMillis)));
      } else if (action instanceof HistoryEvent.TimerCreated timer) {
        decision.mutate(
            new RowMutation.Insert(
                new TimerRow(
                    state.numbers().draw(),
                    instance.number(),
                    execution,
                    event,
                    timer.fireAtMillis())));
      }
    }
  }

  /** Deletes what earlier turns opened and this one cancels. */
  private void cancel(List<HistoryEvent.Action> actions, Decision<RowMutation> decision) {
    Set<Integer> cancelled = cancelled(actions);
    if (cancelled.isEmpty()) {
      return;
    }
    instance
        .tasks()
        .forEach(
            task -> {
              if (cancelled.contains(task.row().action())) {
                decision.mutate(
                    new RowMutation.Delete(RowKey.of(Table.TASKS, task.row().number())));
              }
            });
    LongMap<OpenTimer> timers = instance.timers();
    if (timers != null) {
      timers.forEach(
          timer -> {
            if (cancelled.contains(timer.row().action())) {
              decision.mutate(
                  new RowMutation.Delete(RowKey.of(Table.TIMERS, timer.row().number())));
            }
          });
    }
  }

  private static Set<Integer> cancelled(List<HistoryEvent.Action> actions) {
    Set<Integer> cancelled = Set.of();
    for (HistoryEvent.Action action : actions) {
      if (action instanceof HistoryEvent.ActionCancelled gone) {
        if (cancelled.isEmpty()) {
          cancelled = new HashSet<>();
        }
        cancelled.add(gone.action());
      }
    }
    return cancelled;
  }

  private void deleteTaken(Decision<RowMutation> decision) {
    for (int i = 0; i < instance.taken(); i++) {
      decision.mutate(
          new RowMutation.Delete(RowKey.of(Table.INBOX, instance.inbox().get(i).number())));
    }
  }

  private void update(
      int asked,
      InstanceStatus status,
      @Nullable Payload output,
      @Nullable Failure failure,
      Decision<RowMutation> decision) {
    decision.mutate(
        new RowMutation.Update(
            instance.rowAfter(
                instance.row().turns() + 1,
                instance.row().events() + instance.taken() + asked,
                status,
                atMillis,
                output,
                failure)));
  }

  /** Hands over what a decision deletes, before it is laid over the state. */
  static void forEachDeleted(
      InstanceState instance,
      Decision<RowMutation> decision,
      Consumer<ActivityWork> activities,
      Consumer<OpenTimer> timers) {
    for (RowMutation mutation : decision.mutations()) {
      if (mutation instanceof RowMutation.Delete delete) {
        long number = delete.key().number();
        if (delete.key().table() == Table.TASKS) {
          activities.accept(Objects.requireNonNull(instance.tasks().get(number)));
        } else if (delete.key().table() == Table.TIMERS) {
          timers.accept(Objects.requireNonNull(instance.timer(number)));
        }
      }
    }
  }

  /** Hands over what a decision inserted, after it was laid over the state. */
  static void forEachInserted(
      InstanceState instance,
      Decision<RowMutation> decision,
      Consumer<ActivityWork> activities,
      Consumer<OpenTimer> timers) {
    for (RowMutation mutation : decision.mutations()) {
      if (mutation instanceof RowMutation.Insert insert) {
        if (insert.row() instanceof TaskRow task) {
          activities.accept(Objects.requireNonNull(instance.tasks().get(task.number())));
        } else if (insert.row() instanceof TimerRow timer) {
          timers.accept(Objects.requireNonNull(instance.timer(timer.number())));
        }
      }
    }
  }
}
