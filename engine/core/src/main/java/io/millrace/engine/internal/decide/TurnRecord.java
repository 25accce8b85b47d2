package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.payload.Payload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes the one record that completes a turn, without changing state.
 *
 * <p>Events are looked at as objects, here as wherever many pass: a cast to one of their interfaces
 * searches a list and notes in the class what it found, which threads then take from each other.
 */
final class TurnRecord {

  private final EngineState state;
  private final InstanceState instance;
  private final TurnWork work;
  private final long atMillis;
  private final List<HistoryEvent.Action> actions;
  private final Set<String> takenIds;
  private final Set<Integer> cancelled;
  private final int firstAction;

  /**
   * Begins one.
   *
   * @param takenIds the ids of children that it asks for and that the store has given to others
   */
  TurnRecord(
      EngineState state,
      InstanceState instance,
      TurnWork work,
      long atMillis,
      List<HistoryEvent.Action> actions,
      Set<String> takenIds) {
    this.state = state;
    this.instance = instance;
    this.work = work;
    this.atMillis = atMillis;
    this.actions = actions;
    this.takenIds = takenIds;
    this.cancelled = cancelled(actions);
    this.firstAction = instance.row().events() + instance.taken();
  }

  /** The code waits. */
  void go(Decision<RowMutation> decision) {
    insertHistory(null, decision);
    open(decision);
    cancel(decision);
    passCancelOn(decision);
    say(decision);
    deleteTaken(decision);
    decision.mutate(new RowMutation.Update(rowAfter(0, InstanceStatus.RUNNING, null, null)));
  }

  /**
   * The execution ends; what the turn newly asked for is not even begun, but for what nobody
   * awaits.
   */
  void end(
      InstanceStatus status,
      @Nullable Payload output,
      @Nullable Failure failure,
      Decision<RowMutation> decision) {
    insertHistory(ending(status), decision);
    startDetached(decision);
    say(decision);
    deleteTaken(decision);
    Departure.deleteOpen(instance, instance.taken(), decision);
    Departure.leave(state, instance, rowAfter(1, status, output, failure), decision);
  }

  /** The instance goes on as a new execution (C14). */
  void continueAsNew(TurnOutcome.ContinuedAsNew next, Decision<RowMutation> decision) {
    insertHistory(new HistoryEvent.ExecutionContinued(next.input(), next.version()), decision);
    startDetached(decision);
    say(decision);
    deleteTaken(decision);
    Departure.deleteOpen(instance, instance.taken(), decision);
    Departure.cancelChildren(state, instance, "its parent went on as new", atMillis, decision);
    InstanceRow over = rowAfter(1, InstanceStatus.RUNNING, null, null);
    decision.mutate(new RowMutation.Insert(executionOver(over)));
    int kept = state.executionsMax();
    PruneExecutions.forget(instance.number(), over.execution() + 1 - kept, decision);
    carryOver(next, decision);
    decision.mutate(new RowMutation.Update(Rows.nextExecution(over, next.version(), atMillis)));
  }

  private ExecutionRow executionOver(InstanceRow over) {
    return Rows.executionOver(
        over, ExecutionEnd.CONTINUED, instance.startedAtMillis(atMillis), atMillis);
  }

  /** Events go into the start of the new execution, in order; what comes later stands behind it. */
  private void carryOver(TurnOutcome.ContinuedAsNew next, Decision<RowMutation> decision) {
    List<HistoryEvent.EventRaised> carried = new ArrayList<>(next.carried());
    List<HistoryEvent.Message> behind = new ArrayList<>(1);
    for (int i = instance.taken(); i < instance.inbox().size(); i++) {
      HistoryEvent.Message message = instance.inbox().get(i).message();
      if (message instanceof HistoryEvent.EventRaised event) {
        carried.add(event);
      } else if (message instanceof HistoryEvent.CancelRequested) {
        behind.add(message);
      }
    }
    deliver(new HistoryEvent.Started(next.input(), carried, next.keyValues()), decision);
    behind.forEach(message -> deliver(message, decision));
  }

  private void deliver(HistoryEvent.Message message, Decision<RowMutation> decision) {
    decision.mutate(
        new RowMutation.Insert(
            new MessageRow(state.numbers().draw(), instance.number(), 0, atMillis, message)));
  }

  private static HistoryEvent.Ending ending(InstanceStatus status) {
    return switch (status) {
      case COMPLETED -> new HistoryEvent.ExecutionCompleted();
      case FAILED -> new HistoryEvent.ExecutionFailed();
      default -> new HistoryEvent.ExecutionCancelled();
    };
  }

  private void insertHistory(HistoryEvent.@Nullable Ending ending, Decision<RowMutation> decision) {
    List<HistoryEvent> events = new ArrayList<>(instance.taken() + actions.size() + 1);
    events.addAll(work.turn().messages());
    events.addAll(actions);
    if (ending != null) {
      events.add(ending);
    }
    decision.mutate(
        new RowMutation.Insert(
            new HistoryRow(
                instance.number(),
                instance.row().execution(),
                instance.row().turns() + 1,
                instance.row().events(),
                work.turn().atMillis(),
                events)));
  }

  private void open(Decision<RowMutation> decision) {
    int execution = instance.row().execution();
    ChildStarts children = children();
    for (int i = 0; i < actions.size(); i++) {
      Object action = actions.get(i);
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
      } else if (action instanceof HistoryEvent.ChildScheduled child) {
        children.start(child, event, decision);
      }
    }
  }

  private ChildStarts children() {
    return new ChildStarts(state, instance, atMillis, takenIds);
  }

  private void startDetached(Decision<RowMutation> decision) {
    ChildStarts children = children();
    for (int i = 0; i < actions.size(); i++) {
      if (actions.get(i) instanceof HistoryEvent.ChildScheduled child && child.detached()) {
        children.start(child, firstAction + i, decision);
      }
    }
  }

  /** Deletes what earlier turns opened and this one cancels; children are told. */
  private void cancel(Decision<RowMutation> decision) {
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
    for (int action : cancelled) {
      long child = instance.children().number(action);
      if (child != 0) {
        state.send(
            child,
            0,
            new HistoryEvent.CancelRequested("its parent gave it up"),
            atMillis,
            decision);
      }
    }
  }

  /** Whoever was asked to stop asks its children (C16). */
  private void passCancelOn(Decision<RowMutation> decision) {
    List<? extends HistoryEvent.Message> messages = work.turn().messages();
    for (int i = 0; i < messages.size(); i++) {
      Object message = messages.get(i);
      if (message instanceof HistoryEvent.CancelRequested cancel) {
        Departure.cancelChildren(state, instance, cancel.reason(), atMillis, decision);
      }
    }
  }

  /** Writes down what the code said about its instance. */
  private void say(Decision<RowMutation> decision) {
    AttributesRow before = instance.attributes();
    AttributesRow after = Rows.attributesAfter(instance.number(), before, actions);
    if (after != null && before == null) {
      decision.mutate(new RowMutation.Insert(after));
    } else if (after != null) {
      decision.mutate(new RowMutation.Update(after));
    }
  }

  private static Set<Integer> cancelled(List<HistoryEvent.Action> actions) {
    Set<Integer> cancelled = Set.of();
    for (int i = 0; i < actions.size(); i++) {
      Object action = actions.get(i);
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

  /**
   * Returns the row as it becomes.
   *
   * @param endings how many events the ending takes
   */
  private InstanceRow rowAfter(
      int endings, InstanceStatus status, @Nullable Payload output, @Nullable Failure failure) {
    return Rows.after(
        instance.row(),
        instance.row().turns() + 1,
        firstAction + actions.size() + endings,
        status,
        atMillis,
        output,
        failure);
  }
}
