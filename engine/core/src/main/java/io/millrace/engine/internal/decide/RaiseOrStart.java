package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;

/** A client raises an event, and starts the instance with it if there is none (C50). */
public final class RaiseOrStart extends ClientCommand {

  private final OrchestrationCode<?, ?> code;
  private final Payload input;
  private final RaiseEvent raise;
  private final String event;
  private final Payload data;

  // written by: decide thread, before the acknowledgement
  private boolean created;

  /** Makes one. */
  public RaiseOrStart(
      long atMillis,
      String id,
      OrchestrationCode<?, ?> code,
      Payload input,
      String event,
      Payload data,
      Reply reply) {
    super(atMillis, id, reply);
    this.code = code;
    this.input = input;
    this.event = event;
    this.data = data;
    this.raise = new RaiseEvent(atMillis, id, event, data, reply);
  }

  /** Tells whether this made the instance; after the acknowledgement. */
  public boolean created() {
    RequestRow before = done();
    return before == null ? created : before.created();
  }

  @Override
  String kind() {
    return "raiseOrStart " + code.handle().name() + " " + event;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    if (instance.row().orchestration().equals(code.handle().name())) {
      raise.raise(state, instance, decision);
    } else {
      decideStored(instance.row(), decision);
    }
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    String asked = code.handle().name();
    if (row.orchestration().equals(asked)) {
      raise.decideStored(row, decision);
      return;
    }
    decision.refuse(
        refusal(
            CommandRefusedException.Reason.OTHER_ORCHESTRATION,
            "the id belongs to an instance of another orchestration; choose another id, id="
                + id()
                + " orchestration="
                + row.orchestration()
                + " asked="
                + asked));
  }

  @Override
  void decideUnknown(EngineState state, Decision<RowMutation> decision) {
    long number = NewStarts.first(state, id(), code.handle(), input, atMillis(), decision);
    decision.mutate(
        new RowMutation.Insert(
            new MessageRow(
                state.numbers().draw(),
                number,
                0,
                atMillis(),
                new HistoryEvent.EventRaised(event, data))));
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    raise.decidedResident(state, instance, decision);
  }

  @Override
  void decidedAbsent(EngineState state, Decision<RowMutation> decision) {
    created = NewStarts.decided(state, code, atMillis(), decision);
    state.counters().eventsRaised++;
  }
}
