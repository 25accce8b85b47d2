package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowMutation;

/** A client ends an instance without running any of its code (C16). */
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
    Departure.deleteOpen(instance, 0, decision);
    decision.mutate(
        new RowMutation.Update(
            instance.rowWith(
                InstanceStatus.TERMINATED,
                instance.clamp(atMillis()),
                new Failure.Cancelled(reason))));
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
