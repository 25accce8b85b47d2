package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.Objects;

/** A timer has reached its deadline. Counts only while it is open (rule R21). */
public final class TimerElapsed extends Command {

  private final long instance;
  private final long timer;

  /** Makes one. */
  public TimerElapsed(long atMillis, OpenTimer timer) {
    super(atMillis);
    this.instance = timer.row().instance();
    this.timer = timer.row().number();
  }

  @Override
  void decide(EngineState state, Decision<RowMutation> decision) {
    InstanceState found = state.instance(instance);
    OpenTimer open = found == null ? null : found.timer(timer);
    if (found == null || open == null) {
      decision.refuse(LateException.INSTANCE);
      return;
    }
    decision.mutate(new RowMutation.Delete(RowKey.of(Table.TIMERS, timer)));
    state.deliver(found, new HistoryEvent.TimerFired(open.row().action()), atMillis(), decision);
  }

  @Override
  void decided(EngineState state, Decision<RowMutation> decision) {
    InstanceState found = Objects.requireNonNull(state.instance(instance));
    state.lay(found, decision);
    state.counters().timersFired++;
    state.releaseTurn(found, atMillis());
  }

  @Override
  void decideTooLarge(EngineState state, long bytes, long limit, Decision<RowMutation> decision) {
    throw new IllegalStateException(
        "a fired timer does not fit into one record, recordBytesMax=" + limit + " bytes=" + bytes);
  }

  @Override
  void refused(EngineState state, RuntimeException why) {
    state.counters().lateCompletions++;
  }
}
