package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.payload.Payload;

/**
 * An activity says how far it is, for the attempt after this one. Counts only while that very
 * attempt is the open one.
 */
public final class TaskHeartbeat extends InstanceCommand {

  private final long task;
  private final int attempt;
  private final Payload details;

  /** Makes one. */
  public TaskHeartbeat(long atMillis, ActivityWork work, Payload details) {
    super(atMillis, work.row().instance());
    this.task = work.row().number();
    this.attempt = work.row().attempt();
    this.details = details;
  }

  @Override
  void decideResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    ActivityWork open = resident.tasks().get(task);
    if (open == null || open.row().attempt() != attempt) {
      decision.refuse(LateException.INSTANCE);
      return;
    }
    TaskRow row = open.row();
    decision.mutate(
        new RowMutation.Update(
            new TaskRow(
                row.number(),
                row.instance(),
                row.execution(),
                row.action(),
                row.activity(),
                row.tag(),
                row.attempt(),
                row.scheduledAtMillis(),
                row.crashes(),
                row.notBeforeMillis(),
                details,
                row.lastFailure())));
  }

  @Override
  void decidedResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    state.lay(resident, decision);
  }

  /** Details are only a help for the next attempt: what is too large is not kept. */
  @Override
  void decideTooLarge(
      EngineState state, InstanceState resident, Excess excess, Decision<RowMutation> decision) {
    decision.refuse(LateException.INSTANCE);
  }
}
