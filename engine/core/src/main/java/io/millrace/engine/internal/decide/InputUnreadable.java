package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.RowMutation;

/**
 * The input of an open activity stands in a history that cannot be read any more: its instance is
 * set aside (C21). The activity stays open, and goes on once its input can be read.
 */
public final class InputUnreadable extends InstanceCommand {

  private final long task;
  private final Failure why;

  /** Makes one. */
  public InputUnreadable(long atMillis, ActivityWork work, Failure why) {
    super(atMillis, work.row().instance());
    this.task = work.row().number();
    this.why = why;
  }

  @Override
  void decideResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    // One that is not open any more may well have lost its history.
    if (resident.tasks().get(task) == null || resident.isQuarantined()) {
      decision.refuse(LateException.INSTANCE);
    } else {
      decision.mutate(Rows.quarantine(resident, atMillis(), why));
    }
  }

  @Override
  void decidedResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    state.lay(resident, decision);
    state.setAside(resident);
  }

  @Override
  void refused(EngineState state, RuntimeException late) {}

  @Override
  void decideTooLarge(
      EngineState state, InstanceState resident, Excess excess, Decision<RowMutation> decision) {
    throw new IllegalStateException("a quarantine does not fit into one record, " + excess);
  }
}
