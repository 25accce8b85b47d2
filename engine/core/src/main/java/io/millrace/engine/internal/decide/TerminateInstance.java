package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowMutation;
import java.util.List;

/**
 * A client ends an instance without running any of its code (C16). The children that it awaits are
 * asked to stop, and may compensate.
 */
public final class TerminateInstance extends ClientCommand implements Effect {

  private final String reason;
  private final Departure departure;

  /** Makes one. */
  public TerminateInstance(long atMillis, String id, String reason, Outlet outlet, Reply reply) {
    super(atMillis, id, reply);
    this.reason = reason;
    this.departure = new Departure(outlet);
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (instance.isTerminal()) {
      return;
    }
    long at = instance.clamp(atMillis());
    InstanceRow row = instance.row();
    decision.mutate(
        new RowMutation.Insert(
            new HistoryRow(
                row.number(),
                row.execution(),
                row.turns() + 1,
                row.events(),
                at,
                List.of(new HistoryEvent.ExecutionTerminated()))));
    Departure.deleteOpen(instance, 0, decision);
    Departure.leave(
        state,
        instance,
        Rows.after(
            instance.row(),
            row.turns() + 1,
            row.events() + 1,
            InstanceStatus.TERMINATED,
            at,
            null,
            new Failure.Cancelled(reason)),
        decision);
    decision.whenDurable(this);
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {}

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (decision.mutations().isEmpty()) {
      return;
    }
    departure.take(instance);
    state.lay(instance, decision);
    departure.seal();
    state.counters().terminated++;
    state.depart(instance);
  }

  @Override
  public void release() {
    departure.release();
  }
}
