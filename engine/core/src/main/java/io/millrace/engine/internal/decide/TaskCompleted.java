package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An activity has come to an end. Counts only while its task is open, so a late or repeated one
 * changes nothing (C4).
 */
public final class TaskCompleted extends Command {

  private final long instance;
  private final long task;
  private final HistoryEvent.Message message;

  /**
   * Makes one.
   *
   * @param work the activity
   * @param message {@link HistoryEvent.ActivityCompleted} or {@link HistoryEvent.ActivityFailed}
   */
  public TaskCompleted(long atMillis, ActivityWork work, HistoryEvent.Message message) {
    super(atMillis);
    this.instance = work.row().instance();
    this.task = work.row().number();
    this.message = message;
  }

  @Override
  void decide(EngineState state, Decision<RowMutation> decision) {
    decide(state, message, decision);
  }

  private void decide(
      EngineState state, HistoryEvent.Message outcome, Decision<RowMutation> decision) {
    InstanceState open = open(state);
    if (open == null) {
      decision.refuse(LateException.INSTANCE);
      return;
    }
    decision.mutate(new RowMutation.Delete(RowKey.of(Table.TASKS, task)));
    state.deliver(open, outcome, atMillis(), decision);
  }

  private @Nullable InstanceState open(EngineState state) {
    InstanceState found = state.instance(instance);
    return found != null && found.tasks().get(task) != null ? found : null;
  }

  @Override
  void decided(EngineState state, Decision<RowMutation> decision) {
    InstanceState open = Objects.requireNonNull(open(state));
    state.lay(open, decision);
    if (message instanceof HistoryEvent.ActivityFailed) {
      state.counters().activitiesFailed++;
    } else {
      state.counters().activitiesCompleted++;
    }
    state.releaseTurn(open, atMillis());
  }

  @Override
  void decideTooLarge(EngineState state, long bytes, long limit, Decision<RowMutation> decision) {
    InstanceState open = Objects.requireNonNull(open(state));
    int action = Objects.requireNonNull(open.tasks().get(task)).row().action();
    Failure failure =
        new Failure.LimitExceeded(
            "recordBytesMax",
            "the activity's result does not fit into one record, recordBytesMax="
                + limit
                + " bytes="
                + bytes);
    decide(state, new HistoryEvent.ActivityFailed(action, failure), decision);
  }

  @Override
  void refused(EngineState state, RuntimeException why) {
    state.counters().lateCompletions++;
  }
}
