package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;

/** A client raises an event for a live instance (C5, C12). */
public final class RaiseEvent extends ClientCommand {

  private final String event;
  private final Payload data;

  /** Makes one. */
  public RaiseEvent(long atMillis, String id, String event, Payload data, Reply reply) {
    super(atMillis, id, reply);
    this.event = event;
    this.data = data;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (instance.isTerminal()) {
      decideStored(instance.row(), decision);
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
      state.deliver(instance, new HistoryEvent.EventRaised(event, data), atMillis(), decision);
    }
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
