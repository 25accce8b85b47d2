package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.WakeWatch;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowMutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A turn has run. Completing it is one decision: its history, new activities and timers, the
 * messages it took, the instance's standing (C2). Counts only while that very turn is the running
 * one.
 */
public final class TurnCompleted extends InstanceCommand implements Effect {

  private final TurnWork work;
  private final TurnOutcome outcome;
  private final @Nullable WakeWatch watch;
  private final Outlet outlet;

  // written by: decide thread, before the effect is released
  private List<ActivityWork> started = List.of();
  private List<ActivityWork> dropped = List.of();
  private @Nullable Departure departure;

  /** Makes one. Prepares what will watch for the next wake here, on the worker's thread. */
  public TurnCompleted(long atMillis, TurnWork work, TurnOutcome outcome, Outlet outlet) {
    super(atMillis, work.turn().instance());
    this.work = work;
    this.outcome = outcome;
    this.outlet = outlet;
    this.watch =
        outcome instanceof TurnOutcome.Waiting waiting ? new WakeWatch(waiting.wake()) : null;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (instance.runningToken() != work.token()) {
      decision.refuse(LateException.INSTANCE);
      return;
    }
    if (outcome instanceof TurnOutcome.Quarantined quarantined) {
      quarantine(instance, quarantined.cause().toFailure(), decision);
      return;
    }
    List<HistoryEvent.Action> actions = actions();
    Failure excess = excess(state, instance, actions);
    if (excess != null) {
      quarantine(instance, excess, decision);
      return;
    }
    TurnRecord record = new TurnRecord(state, instance, work, clamped(instance));
    switch (kind()) {
      case COMPLETED ->
          record.end(
              actions,
              InstanceStatus.COMPLETED,
              ((TurnOutcome.Completed) outcome).output(),
              null,
              decision);
      case FAILED ->
          record.end(
              actions,
              InstanceStatus.FAILED,
              null,
              ((TurnOutcome.Failed) outcome).failure(),
              decision);
      case CANCELLED ->
          record.end(
              actions,
              InstanceStatus.CANCELLED,
              null,
              new Failure.Cancelled(((TurnOutcome.Cancelled) outcome).reason()),
              decision);
      default -> record.go(actions, decision);
    }
    decision.whenDurable(this);
  }

  private InstanceStatus kind() {
    if (outcome instanceof TurnOutcome.Completed) {
      return InstanceStatus.COMPLETED;
    }
    if (outcome instanceof TurnOutcome.Failed) {
      return InstanceStatus.FAILED;
    }
    return outcome instanceof TurnOutcome.Cancelled
        ? InstanceStatus.CANCELLED
        : InstanceStatus.RUNNING;
  }

  private List<HistoryEvent.Action> actions() {
    if (outcome instanceof TurnOutcome.Waiting waiting) {
      return waiting.actions();
    }
    if (outcome instanceof TurnOutcome.Completed completed) {
      return completed.actions();
    }
    if (outcome instanceof TurnOutcome.Failed failed) {
      return failed.actions();
    }
    return outcome instanceof TurnOutcome.Cancelled cancelled ? cancelled.actions() : List.of();
  }

  private long clamped(InstanceState instance) {
    return instance.clamp(atMillis());
  }

  /** Returns which limit the turn passes, or null (rule R15). */
  private static @Nullable Failure excess(
      EngineState state, InstanceState instance, List<HistoryEvent.Action> actions) {
    if (actions.size() > state.limits().turnActionsMax()) {
      return excess(
          "turnActionsMax", state.limits().turnActionsMax(), "one turn asked for", actions.size());
    }
    int events = instance.row().events() + instance.taken() + actions.size() + 1;
    if (events > state.limits().historyEventsMax()) {
      return excess(
          "historyEventsMax",
          state.limits().historyEventsMax(),
          "the history would have this many events:",
          events);
    }
    int open = instance.tasks().size();
    for (HistoryEvent.Action action : actions) {
      if (action instanceof HistoryEvent.ActivityScheduled) {
        open++;
      }
    }
    return open <= state.limits().openTasksMax()
        ? null
        : excess(
            "openTasksMax",
            state.limits().openTasksMax(),
            "this many activities would be open:",
            open);
  }

  private static Failure excess(String limit, int most, String what, int found) {
    return new Failure.LimitExceeded(limit, what + " " + found + ", " + limit + "=" + most);
  }

  private void quarantine(InstanceState instance, Failure why, Decision<RowMutation> decision) {
    if (!instance.isQuarantined() || !why.equals(instance.row().failure())) {
      decision.mutate(
          new RowMutation.Update(
              instance.rowWith(InstanceStatus.QUARANTINED, clamped(instance), why)));
    }
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (decision.effects().isEmpty()) {
      state.lay(instance, decision);
      state.setAside(instance);
      return;
    }
    state.counters().turns++;
    if (kind() == InstanceStatus.RUNNING) {
      decidedToWait(state, instance, decision);
    } else {
      Departure leaving = new Departure(outlet);
      leaving.take(instance);
      state.lay(instance, decision);
      leaving.seal();
      departure = leaving;
      state.countEnd(kind());
      state.depart(instance);
    }
  }

  private void decidedToWait(
      EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    List<ActivityWork> gone = new ArrayList<>(0);
    TurnRecord.forEachDeleted(
        instance,
        decision,
        gone::add,
        timer -> {
          timer.drop();
          outlet.dropped(timer);
        });
    dropped = gone;
    state.lay(instance, decision);
    List<ActivityWork> opened = new ArrayList<>(decision.mutations().size());
    TurnRecord.forEachInserted(instance, decision, opened::add, outlet::schedule);
    started = state.holdOrStart(opened, decision.position());
    instance.turnOver();
    instance.watch(Objects.requireNonNull(watch, "watch"));
    state.releaseTurn(instance, atMillis());
  }

  @Override
  void decideTooLarge(
      EngineState state, InstanceState instance, Excess excess, Decision<RowMutation> decision) {
    quarantine(
        instance,
        new Failure.LimitExceeded(
            "recordBytesMax",
            "what one turn asked for and took does not fit into one record, " + excess),
        decision);
  }

  @Override
  public void release() {
    for (ActivityWork activity : started) {
      outlet.runActivity(activity);
    }
    for (ActivityWork activity : dropped) {
      activity.drop();
      outlet.tellCancelled(activity);
    }
    if (departure != null) {
      departure.release();
    }
  }
}
