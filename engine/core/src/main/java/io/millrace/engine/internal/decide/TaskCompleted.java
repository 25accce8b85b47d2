package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import java.util.List;
import java.util.Objects;

/**
 * An attempt of an activity has come to an end. Counts only while that very attempt is the open
 * one, so a late or repeated one changes nothing (C4). A failure that the policy allows another
 * attempt for becomes no message: the task waits for its next attempt.
 */
public final class TaskCompleted extends InstanceCommand implements Effect {

  private final long task;
  private final int attempt;
  private final ActivityEnd end;
  private final Outlet outlet;

  // written by: decide thread, before the effect is released
  private List<ActivityWork> next = List.of();

  /** Makes one. */
  public TaskCompleted(long atMillis, ActivityWork work, ActivityEnd end, Outlet outlet) {
    super(atMillis, work.row().instance());
    this.task = work.row().number();
    this.attempt = work.row().attempt();
    this.end = end;
    this.outlet = outlet;
  }

  @Override
  void decideResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    ActivityWork open = resident.tasks().get(task);
    if (open == null || open.row().attempt() != attempt) {
      decision.refuse(LateException.INSTANCE);
    } else if (end.message() instanceof HistoryEvent.ActivityFailed failed) {
      decideFailed(state, resident, open, failed, decision);
    } else {
      end(state, resident, end.message(), decision);
    }
  }

  private void decideFailed(
      EngineState state,
      InstanceState resident,
      ActivityWork open,
      HistoryEvent.ActivityFailed failed,
      Decision<RowMutation> decision) {
    Retry retry = Retry.of(open, end, failed.failure(), atMillis());
    TaskRow again = retry.next();
    if (again == null) {
      end(
          state,
          resident,
          new HistoryEvent.ActivityFailed(failed.action(), retry.failure()),
          decision);
    } else {
      decision.mutate(new RowMutation.Update(again));
      decision.whenDurable(this);
    }
  }

  private void end(
      EngineState state,
      InstanceState resident,
      HistoryEvent.Message outcome,
      Decision<RowMutation> decision) {
    decision.mutate(new RowMutation.Delete(RowKey.of(Table.TASKS, task)));
    state.deliver(resident, outcome, atMillis(), decision);
  }

  @Override
  void decidedResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    state.lay(resident, decision);
    if (decision.mutations().get(0) instanceof RowMutation.Update) {
      ActivityWork again = Objects.requireNonNull(resident.tasks().get(task));
      next = state.holdOrStart(List.of(again), decision.position());
      state.counters().activitiesRetried++;
      return;
    }
    if (end.message() instanceof HistoryEvent.ActivityFailed) {
      state.counters().activitiesFailed++;
    } else {
      state.counters().activitiesCompleted++;
    }
    state.releaseTurn(resident, atMillis());
  }

  @Override
  void decideTooLarge(
      EngineState state, InstanceState resident, Excess excess, Decision<RowMutation> decision) {
    int action = Objects.requireNonNull(resident.tasks().get(task)).row().action();
    Failure failure =
        new Failure.LimitExceeded(
            "recordBytesMax", "the activity's result does not fit into one record, " + excess);
    end(state, resident, new HistoryEvent.ActivityFailed(action, failure), decision);
  }

  @Override
  public void release() {
    next.forEach(outlet::runActivity);
  }
}
