package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowMutation;

/**
 * A turn runs longer than it may (rule R22). It is void, whatever it comes to; an attempt is
 * counted, and it runs again, or its instance is set aside.
 */
public final class TurnOverdue extends InstanceCommand {

  private final TurnWork work;

  // written by: decide thread
  private boolean tooOften;

  /** Makes one. */
  public TurnOverdue(long atMillis, TurnWork work) {
    super(atMillis, work.turn().instance());
    this.work = work;
  }

  @Override
  void decideResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    if (resident.runningToken() != work.token()) {
      decision.refuse(LateException.INSTANCE);
      return;
    }
    InstanceRow row = resident.row();
    int attempts = row.turnCrashes() + 1;
    tooOften = attempts >= state.limits().turnAttemptsMax();
    Failure why =
        tooOften
            ? new Failure.LimitExceeded(
                "turnTimeMax",
                "a turn ran longer than turnTimeMax="
                    + state.limits().turnTimeMax()
                    + ", or broke off, this many times: "
                    + attempts
                    + ", turnAttemptsMax="
                    + state.limits().turnAttemptsMax())
            : row.failure();
    InstanceStatus status = tooOften ? InstanceStatus.QUARANTINED : row.status();
    decision.mutate(
        new RowMutation.Update(
            Rows.withTurnCrashes(
                resident.rowWith(status, resident.clamp(atMillis()), why),
                tooOften ? 0 : attempts)));
  }

  @Override
  void decidedResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    state.lay(resident, decision);
    if (tooOften) {
      state.setAside(resident);
      return;
    }
    state.report(
        "a turn runs longer than turnTimeMax="
            + state.limits().turnTimeMax()
            + "; it is void and runs again on another thread, id="
            + resident.row().id()
            + " orchestration="
            + resident.row().orchestration()
            + " turn="
            + (resident.row().turns() + 1)
            + " attempt="
            + resident.row().turnCrashes());
    resident.turnOver();
    state.releaseTurn(resident, atMillis());
  }

  @Override
  void decideTooLarge(
      EngineState state, InstanceState resident, Excess excess, Decision<RowMutation> decision) {
    throw new IllegalStateException("an attempt does not fit into one record, " + excess);
  }
}
