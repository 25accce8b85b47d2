package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;

/** A timer has reached its deadline. Counts only while it is open (rule R21). */
public final class TimerElapsed extends InstanceCommand {

  private final long timer;

  /** Makes one. */
  public TimerElapsed(long atMillis, OpenTimer timer) {
    super(atMillis, timer.instance());
    this.timer = timer.number();
  }

  @Override
  boolean loads() {
    return true;
  }

  @Override
  void decideResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    OpenTimer open = resident.timer(timer);
    if (open == null) {
      decision.refuse(LateException.INSTANCE);
      return;
    }
    decision.mutate(new RowMutation.Delete(RowKey.of(Table.TIMERS, timer)));
    state.deliver(resident, new HistoryEvent.TimerFired(open.action()), atMillis(), decision);
  }

  @Override
  void decidedResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    state.lay(resident, decision);
    state.counters().timersFired++;
    state.releaseTurn(resident, atMillis());
  }

  @Override
  void decideTooLarge(
      EngineState state, InstanceState resident, Excess excess, Decision<RowMutation> decision) {
    throw new IllegalStateException("a fired timer does not fit into one record, " + excess);
  }

  @Override
  void refused(EngineState state, RuntimeException why) {
    super.refused(state, why);
    state.horizon().isOver(timer);
  }
}
