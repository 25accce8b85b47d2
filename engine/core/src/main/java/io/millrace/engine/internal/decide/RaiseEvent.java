package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;

/** A client raises an event for a live instance (C5, C12). */
public final class RaiseEvent extends ClientCommand {

  private final String event;
  private final Payload data;
  private final long holdMillis;

  /** Makes one for an instance that exists. */
  public RaiseEvent(long atMillis, String id, String event, Payload data, Reply reply) {
    this(atMillis, id, event, data, 0, reply);
  }

  /**
   * Makes one.
   *
   * @param holdMillis how long the event is held if the instance does not exist, 0 for not at all
   */
  public RaiseEvent(
      long atMillis, String id, String event, Payload data, long holdMillis, Reply reply) {
    super(atMillis, id, reply);
    this.event = event;
    this.data = data;
    this.holdMillis = holdMillis;
  }

  @Override
  String kind() {
    return "raise " + event;
  }

  @Override
  void decideUnknown(EngineState state, Decision<RowMutation> decision) {
    if (holdMillis == 0) {
      super.decideUnknown(state, decision);
      return;
    }
    HeldEventRow row =
        new HeldEventRow(
            state.numbers().draw(), id(), event, data, atMillis(), atMillis() + holdMillis);
    CommandRefusedException full = state.shared().held().refusal(row);
    if (full == null) {
      state.shared().held().hold(row, decision);
    } else {
      decision.refuse(full);
    }
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    raise(state, instance, decision);
  }

  /** Computes that the event reaches an instance in memory. */
  void raise(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (instance.isTerminal()) {
      decideStored(instance.row(), decision);
    } else if (instance.awaits(event)) {
      // Whatever is unread: the code may need this one before it can read the others.
      deliver(state, instance, decision);
    } else if (instance.unreadEvents() >= state.limits().bufferedEventsMax()) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.LIMIT,
              "too many raised events are unread; raise it again later, bufferedEventsMax="
                  + state.limits().bufferedEventsMax()
                  + " id="
                  + id()
                  + " event="
                  + event));
    } else if (instance.unreadEventBytes() + data.size() > state.limits().bufferedEventBytesMax()) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.LIMIT,
              "too many bytes of raised events are unread; raise it again later,"
                  + " bufferedEventBytesMax="
                  + state.limits().bufferedEventBytesMax()
                  + " unread="
                  + instance.unreadEventBytes()
                  + " bytes="
                  + data.size()
                  + " id="
                  + id()
                  + " event="
                  + event));
    } else {
      deliver(state, instance, decision);
    }
  }

  private void deliver(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    state.deliver(instance, new HistoryEvent.EventRaised(event, data), atMillis(), decision);
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    decision.refuse(
        refusal(
            CommandRefusedException.Reason.INSTANCE_FINISHED,
            "the instance has ended and takes no events, id="
                + id()
                + " status="
                + row.status()
                + " event="
                + event));
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    state.lay(instance, decision);
    state.counters().eventsRaised++;
    state.releaseTurn(instance, atMillis());
  }
}
