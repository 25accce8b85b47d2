package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.Progress;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.List;

/** Forgets to close a timer that has fired: {@link Plant#TIMER_TWICE}. */
record RefiringDecider(EngineDecider decider) implements Decider<Command, RowMutation> {

  @Override
  public void decide(Command command, Decision<RowMutation> decision) {
    decider.decide(command, decision);
    if (command instanceof TimerElapsed && !decision.mutations().isEmpty()) {
      List<RowMutation> mutations = List.copyOf(decision.mutations());
      List<Effect> effects = List.copyOf(decision.effects());
      decision.clear();
      mutations.stream().filter(mutation -> !closesATimer(mutation)).forEach(decision::mutate);
      effects.forEach(decision::whenDurable);
    }
  }

  private static boolean closesATimer(RowMutation mutation) {
    return mutation instanceof RowMutation.Delete delete && delete.key().table() == Table.TIMERS;
  }

  @Override
  public void decided(Command command, Decision<RowMutation> decision) {
    decider.decided(command, decision);
  }

  @Override
  public void decideTooLarge(
      Command command, long bytes, long limit, Decision<RowMutation> decision) {
    decider.decideTooLarge(command, bytes, limit, decision);
  }

  @Override
  public void endOfBatch(Progress progress, Pressure pressure) {
    decider.endOfBatch(progress, pressure);
  }
}
