package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.RowMutation;

/** An instance whose history cannot be read is set aside (C21). */
public final class SetAside extends InstanceCommand {

  private final Failure why;

  /** Makes one. */
  public SetAside(long atMillis, long instance, Failure why) {
    super(atMillis, instance);
    this.why = why;
  }

  @Override
  void decideResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    // In memory it was set aside at the load; this is for the store.
    decision.mutate(Rows.quarantine(resident, atMillis(), why));
  }

  @Override
  void decidedResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    state.lay(resident, decision);
    state.setAside(resident);
  }

  @Override
  void decideTooLarge(
      EngineState state, InstanceState resident, Excess excess, Decision<RowMutation> decision) {
    throw new IllegalStateException("a quarantine does not fit into one record, " + excess);
  }
}
