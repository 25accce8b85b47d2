package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;

/** A client deletes a schedule. What it started goes on. */
public final class DeleteSchedule extends ScheduleCommand {

  /** Makes one. */
  public DeleteSchedule(long atMillis, String id, Reply reply) {
    super(atMillis, id, reply);
  }

  @Override
  void decideKnown(EngineState state, ScheduleEntry entry, Decision<RowMutation> decision) {
    decision.mutate(new RowMutation.Delete(RowKey.of(Table.SCHEDULES, entry.number())));
  }

  @Override
  void decidedKnown(EngineState state, ScheduleEntry entry, Decision<RowMutation> decision) {
    state.schedules().removed(entry, decision.position());
  }
}
