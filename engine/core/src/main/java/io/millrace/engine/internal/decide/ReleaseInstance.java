package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.RowMutation;

/**
 * An operator lets an instance that was set aside try once more (C20). Its row changes only when
 * the turn succeeds, so nothing is written here; unless the process died in it too often: then it
 * has one try more, alone.
 */
public final class ReleaseInstance extends ClientCommand {

  /** Makes one. */
  public ReleaseInstance(long atMillis, String id, Reply reply) {
    super(atMillis, id, reply);
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (!instance.isQuarantined()) {
      decideStored(instance.row(), decision);
    } else if (!instance.isReadable()) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.NOT_QUARANTINED,
              "the instance's history could not be read when the engine was opened; mend the store"
                  + " and reopen, id="
                  + id()));
    } else if (Crashes.isPoisoned(instance, state.limits())) {
      Crashes.forgive(instance, state.limits(), atMillis(), decision);
    }
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    decision.refuse(
        refusal(
            CommandRefusedException.Reason.NOT_QUARANTINED,
            "only an instance that is set aside can be released, id="
                + id()
                + " status="
                + row.status()));
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (!decision.mutations().isEmpty()) {
      state.lay(instance, decision);
      int unused = state.resumeSuspects(instance, atMillis());
      return;
    }
    if (instance.runningToken() == 0) {
      instance.retry();
      state.releaseTurn(instance, atMillis());
    }
  }
}
