package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.RowMutation;
import java.util.ArrayList;
import java.util.List;

/**
 * A client asks an instance to stop (C16). Its queued activities are removed and its running ones
 * told at once; each of them still reports an end, so that nobody waits for it for ever.
 */
public final class CancelInstance extends ClientCommand implements Effect {

  private final String reason;
  private final Outlet outlet;

  // written by: decide thread, before the effect is released
  private List<ActivityWork> told = List.of();

  /** Makes one. */
  public CancelInstance(long atMillis, String id, String reason, Outlet outlet, Reply reply) {
    super(atMillis, id, reply);
    this.reason = reason;
    this.outlet = outlet;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (!instance.isTerminal() && !instance.cancelRequested()) {
      state.deliver(instance, new HistoryEvent.CancelRequested(reason), atMillis(), decision);
      Departure.cancelChildren(state, instance, reason, instance.clamp(atMillis()), decision);
      decision.whenDurable(this);
    }
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {}

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (decision.mutations().isEmpty()) {
      return;
    }
    state.lay(instance, decision);
    List<ActivityWork> open = new ArrayList<>(instance.tasks().size());
    instance
        .tasks()
        .forEach(
            work -> {
              work.askCancel();
              open.add(work);
            });
    told = open;
    state.releaseTurn(instance, atMillis());
  }

  @Override
  public void release() {
    for (ActivityWork work : told) {
      work.cancel(reason);
      outlet.tellCancelled(work);
    }
  }
}
