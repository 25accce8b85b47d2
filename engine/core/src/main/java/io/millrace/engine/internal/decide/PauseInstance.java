package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowMutation;

/**
 * An operator holds an instance or lets it go on (C16). While it is held no turn of it runs; one
 * that is running now is void and runs again later. Its activities go on, its timers fire, and what
 * they bring waits in the inbox.
 */
public final class PauseInstance extends ClientCommand {

  private final boolean hold;

  /**
   * Makes one.
   *
   * @param hold whether it is held; else it goes on
   */
  public PauseInstance(long atMillis, String id, boolean hold, Reply reply) {
    super(atMillis, id, reply);
    this.hold = hold;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    InstanceStatus status = instance.row().status();
    if (status != InstanceStatus.RUNNING && status != InstanceStatus.PAUSED) {
      decideStored(instance.row(), decision);
    } else if (hold != (status == InstanceStatus.PAUSED)) {
      decision.mutate(
          new RowMutation.Update(
              instance.rowWith(
                  hold ? InstanceStatus.PAUSED : InstanceStatus.RUNNING,
                  instance.clamp(atMillis()),
                  null)));
    }
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    boolean ended = row.status().isTerminal();
    decision.refuse(
        refusal(
            ended
                ? CommandRefusedException.Reason.INSTANCE_FINISHED
                : CommandRefusedException.Reason.QUARANTINED,
            (ended
                    ? "the instance has ended and can be neither paused nor resumed, id="
                    : "the instance is set aside already; release or terminate it, id=")
                + id()
                + " status="
                + row.status()));
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (decision.mutations().isEmpty()) {
      return;
    }
    state.lay(instance, decision);
    if (hold) {
      instance.turnOver();
      state.shedding().weigh(instance);
    } else {
      state.releaseTurn(instance, atMillis());
    }
  }
}
