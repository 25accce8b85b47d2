package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.engine.CommandRefusedException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator takes a failed instance back to before its failed step (C42). Its last execution is
 * written anew, as far as it stays, in one record.
 */
public final class RewindInstance extends ClientCommand implements Effect {

  private final Past past;
  private final Outlet outlet;

  // written by: decide thread, before the effect is released
  private List<ActivityWork> started = List.of();

  /** Makes one. */
  public RewindInstance(long atMillis, Past past, Outlet outlet, Reply reply) {
    super(atMillis, past.row().id(), reply);
    this.past = past;
    this.outlet = outlet;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    decideStored(state, instance.row(), decision);
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    throw new IllegalStateException("asked with the state");
  }

  @Override
  void decideStored(EngineState state, InstanceRow row, Decision<RowMutation> decision) {
    if (row.status() != InstanceStatus.FAILED || !row.equals(past.row())) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.NOT_POSSIBLE,
              "only an instance that has failed can be rewound, id="
                  + id()
                  + " status="
                  + row.status()));
      return;
    }
    Rewinding rewinding = Rewinding.of(past);
    String why = rewinding.refusal();
    if (why != null) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.NOT_POSSIBLE,
              "the instance cannot be rewound, id=" + id() + ": " + why));
      return;
    }
    rewrite(state, rewinding, Math.max(atMillis(), row.updatedAtMillis()), decision);
    decision.whenDurable(this);
  }

  private void rewrite(
      EngineState state, Rewinding rewinding, long at, Decision<RowMutation> decision) {
    InstanceRow row = past.row();
    long number = row.number();
    int execution = row.execution();
    decision.mutate(new RowMutation.DeleteHistory(number, execution, execution + 1));
    rewinding.kept().forEach(turn -> decision.mutate(new RowMutation.Insert(turn)));
    for (HistoryEvent.Message message : rewinding.inbox()) {
      decision.mutate(
          new RowMutation.Insert(new MessageRow(state.numbers().draw(), number, 0, at, message)));
    }
    rewinding
        .open()
        .forEach(
            (event, action) -> {
              if (action instanceof HistoryEvent.ActivityScheduled call) {
                decision.mutate(
                    new RowMutation.Insert(
                        TaskRow.first(
                            state.numbers().draw(),
                            number,
                            execution,
                            event,
                            call.activity(),
                            call.tag(),
                            at)));
              } else if (action instanceof HistoryEvent.TimerCreated timer) {
                decision.mutate(
                    new RowMutation.Insert(
                        new TimerRow(
                            state.numbers().draw(),
                            number,
                            execution,
                            event,
                            timer.fireAtMillis())));
              }
            });
    AttributesRow attributes = rewinding.attributes();
    if (attributes != null) {
      decision.mutate(new RowMutation.Update(attributes));
    }
    decision.mutate(
        new RowMutation.Update(Rows.rewound(row, rewinding.kept().size(), rewinding.events(), at)));
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    decidedAbsent(state, decision);
  }

  @Override
  void decidedAbsent(EngineState state, Decision<RowMutation> decision) {
    InstanceState instance =
        new InstanceState(past.row(), decision.position(), state.code(past.row()));
    List<RowMutation> rows = new ArrayList<>(decision.mutations());
    rows.removeIf(RowMutation.DeleteHistory.class::isInstance);
    rows.stream().filter(mutation -> !Shared.holds(mutation)).forEach(instance::fold);
    instance.loaded();
    instance.view().show(instance.row(), decision.position());
    state.admit(instance);
    List<ActivityWork> open = new ArrayList<>();
    instance.tasks().forEach(open::add);
    started = state.holdOrStart(open, decision.position());
    LongMap<OpenTimer> timers = instance.timers();
    if (timers != null) {
      timers.forEach(state.horizon()::schedule);
    }
    state.releaseTurn(instance, atMillis());
  }

  @Override
  public void release() {
    started.forEach(outlet::runActivity);
  }
}
