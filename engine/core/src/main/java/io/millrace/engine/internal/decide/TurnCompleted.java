package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.WakeWatch;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A turn has run. Completing it is one decision: its history, new activities, timers and children,
 * the messages it took, the instance's standing (C2). Counts only while that very turn is the
 * running one.
 */
public final class TurnCompleted extends InstanceCommand implements Effect {

  private final TurnWork work;
  private final TurnOutcome outcome;
  private final @Nullable WakeWatch watch;
  private final long bytes;
  private final Outlet outlet;

  // written by: decide thread
  private Came came = Came.NOTHING;
  private InstanceStatus ends = InstanceStatus.COMPLETED;
  private final ChildLookups children = new ChildLookups();
  private @Nullable String asking;

  // written by: decide thread, before the effect is released
  private List<ActivityWork> started = List.of();
  private List<ActivityWork> dropped = List.of();
  private @Nullable Departure departure;
  private @Nullable AttributesRow said;

  /** What the turn came to, as it was decided. */
  private enum Came {
    NOTHING,
    SET_ASIDE,
    WAITS,
    GOES_ON_AS_NEW,
    ENDS
  }

  /** Makes one, and prepares here, on the worker's thread, what the decide thread need not do. */
  public TurnCompleted(long atMillis, TurnWork work, TurnOutcome outcome, Outlet outlet) {
    super(atMillis, work.turn().instance());
    this.work = work;
    this.outcome = outcome;
    this.outlet = outlet;
    this.watch =
        outcome instanceof TurnOutcome.Waiting waiting ? new WakeWatch(waiting.wake()) : null;
    this.bytes = work.messageBytes() + Sizes.of(outcome.actions());
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (instance.runningToken() != work.token()) {
      decision.refuse(LateException.INSTANCE);
      return;
    }
    if (outcome instanceof TurnOutcome.Quarantined quarantined) {
      breakOff(state, instance, quarantined.cause().toFailure(), decision);
      return;
    }
    Failure excess = TurnExcess.of(state.limits(), instance, outcome.actions(), bytes);
    if (excess != null) {
      breakOff(state, instance, excess, decision);
      return;
    }
    asking = children.next(state, outcome.actions(), asking, awaited());
    if (asking != null) {
      decision.defer();
      return;
    }
    TurnRecord record = record(state, instance, outcome.actions());
    if (outcome instanceof TurnOutcome.Completed completed) {
      end(record, InstanceStatus.COMPLETED, completed.output(), null, decision);
    } else if (outcome instanceof TurnOutcome.Failed failed) {
      end(record, InstanceStatus.FAILED, null, failed.failure(), decision);
    } else if (outcome instanceof TurnOutcome.Cancelled cancelled) {
      end(
          record,
          InstanceStatus.CANCELLED,
          null,
          new Failure.Cancelled(cancelled.reason()),
          decision);
    } else if (outcome instanceof TurnOutcome.ContinuedAsNew next) {
      came = Came.GOES_ON_AS_NEW;
      record.continueAsNew(next, decision);
    } else {
      came = Came.WAITS;
      record.go(decision);
    }
    decision.whenDurable(this);
  }

  @Override
  void deferred(EngineState state) {
    Arrival before = awaited();
    if (before != null) {
      children.hold(before);
    }
    awaits(state.arrivals().await(Objects.requireNonNull(asking, "asking"), this));
  }

  @Override
  void refused(EngineState state, RuntimeException why) {
    children.letGo(state);
    super.refused(state, why);
  }

  private TurnRecord record(
      EngineState state, InstanceState instance, List<HistoryEvent.Action> actions) {
    return new TurnRecord(
        state, instance, work, instance.clamp(atMillis()), actions, children.taken());
  }

  private void end(
      TurnRecord record,
      InstanceStatus status,
      @Nullable Payload output,
      @Nullable Failure failure,
      Decision<RowMutation> decision) {
    came = Came.ENDS;
    ends = status;
    record.end(status, output, failure, decision);
  }

  /**
   * The turn does not count. A child that passed a limit fails, so that the parent that waits for
   * it hears (C13); any other instance is set aside.
   */
  private void breakOff(
      EngineState state, InstanceState instance, Failure why, Decision<RowMutation> decision) {
    if (why instanceof Failure.LimitExceeded && instance.row().parentAction() >= 0) {
      end(record(state, instance, List.of()), InstanceStatus.FAILED, null, why, decision);
      decision.whenDurable(this);
    } else {
      quarantine(instance, why, decision);
    }
  }

  private void quarantine(InstanceState instance, Failure why, Decision<RowMutation> decision) {
    came = Came.SET_ASIDE;
    if (!instance.isQuarantined() || !why.equals(instance.row().failure())) {
      decision.mutate(Rows.quarantine(instance, atMillis(), why));
    }
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    children.letGo(state);
    state.shared().lay(decision);
    said = TurnChanges.said(decision);
    switch (came) {
      case SET_ASIDE -> {
        state.lay(instance, decision);
        state.setAside(instance);
      }
      case ENDS -> decidedToEnd(state, instance, decision);
      case GOES_ON_AS_NEW -> decidedToContinue(state, instance, decision);
      default -> decidedToWait(state, instance, decision);
    }
  }

  private void decidedToEnd(
      EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    state.counters().turns++;
    Departure leaving = new Departure(outlet);
    leaving.take(instance);
    state.lay(instance, decision);
    leaving.seal();
    departure = leaving;
    state.countEnd(ends);
    state.depart(instance);
  }

  private void decidedToContinue(
      EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    state.counters().turns++;
    noteDropped(instance, decision);
    state.lay(instance, decision);
    instance.code(state.code(instance.row()));
    instance.turnOver();
    state.shedding().weigh(instance);
    state.releaseTurn(instance, atMillis());
  }

  private void decidedToWait(
      EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    state.counters().turns++;
    noteDropped(instance, decision);
    state.lay(instance, decision);
    List<ActivityWork> opened = new ArrayList<>(decision.mutations().size());
    TurnChanges.forEachInserted(instance, decision, opened::add, state.horizon()::schedule);
    started = state.holdOrStart(opened, decision.position());
    instance.turnOver();
    instance.history().lastTakes(bytes);
    instance.history().writtenAt(decision.position());
    instance.history().takeRead(work.turn().read());
    instance.watch(Objects.requireNonNull(watch, "watch"));
    LongHistory.warn(state, instance);
    state.releaseTurn(instance, atMillis());
    state.shedding().weigh(instance);
  }

  private void noteDropped(InstanceState instance, Decision<RowMutation> decision) {
    List<ActivityWork> gone = new ArrayList<>(0);
    TurnChanges.forEachDeleted(
        instance,
        decision,
        gone::add,
        timer -> {
          if (timer.drop()) {
            outlet.dropped(timer);
          }
        });
    dropped = gone;
  }

  @Override
  void decideTooLarge(
      EngineState state, InstanceState instance, Excess excess, Decision<RowMutation> decision) {
    breakOff(
        state,
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
    if (said != null) {
      outlet.said(said);
    }
    if (departure != null) {
      departure.release();
    }
  }
}
