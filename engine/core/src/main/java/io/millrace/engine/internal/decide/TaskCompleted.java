package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.Objects;

/**
 * An activity has come to an end. Counts only while its task is open, so a late or repeated one
 * changes nothing (C4).
 */
public final class TaskCompleted extends InstanceCommand {

  private final long task;
  private final HistoryEvent.Message message;

  /**
   * Makes one.
   *
   * @param work the activity
   * @param message {@link HistoryEvent.ActivityCompleted} or {@link HistoryEvent.ActivityFailed}
   */
  public TaskCompleted(long atMillis, ActivityWork work, HistoryEvent.Message message) {
    super(atMillis, work.row().instance());
    this.task = work.row().number();
    this.message = message;
  }

  @Override
  void decideResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    if (resident.tasks().get(task) == null) {
      decision.refuse(LateException.INSTANCE);
    } else {
      end(state, resident, message, decision);
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
    if (message instanceof HistoryEvent.ActivityFailed) {
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
}
