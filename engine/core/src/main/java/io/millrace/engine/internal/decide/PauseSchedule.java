package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowMutation;
import java.util.Objects;

/**
 * A client holds a schedule, or lets it go on. What came to pass while it was held is not made up
 * for.
 */
public final class PauseSchedule extends ScheduleCommand {

  private final boolean paused;

  /** Makes one. */
  public PauseSchedule(long atMillis, String id, boolean paused, Reply reply) {
    super(atMillis, id, reply);
    this.paused = paused;
  }

  @Override
  void decideKnown(EngineState state, ScheduleEntry entry, Decision<RowMutation> decision) {
    if (entry.row().paused() != paused) {
      long after = Math.max(atMillis(), entry.row().lastAtMillis());
      decision.mutate(new RowMutation.Update(entry.rowPaused(paused, entry.times().after(after))));
    }
  }

  @Override
  void decidedKnown(EngineState state, ScheduleEntry entry, Decision<RowMutation> decision) {
    state.schedules().changed(entry, Objects.requireNonNull(rowIn(decision)), decision.position());
  }
}
