package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.IfExists;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;
import org.jspecify.annotations.Nullable;

/** A client starts an instance, or finds the one that is there (C1). */
public final class StartInstance extends ClientCommand {

  private final OrchestrationCode<?, ?> code;
  private final Payload input;
  private final IfExists ifExists;

  // written by: decide thread, before the acknowledgement
  private boolean created;

  /** Makes one. */
  public StartInstance(
      long atMillis,
      String id,
      OrchestrationCode<?, ?> code,
      Payload input,
      IfExists ifExists,
      Reply reply) {
    super(atMillis, id, reply);
    this.code = code;
    this.input = input;
    this.ifExists = ifExists;
  }

  /** Tells whether this made the instance; after the acknowledgement. */
  public boolean created() {
    return created;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    decideExisting(instance.row(), decision);
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    decideExisting(row, decision);
  }

  private void decideExisting(InstanceRow row, Decision<RowMutation> decision) {
    String asked = code.handle().name();
    if (!row.orchestration().equals(asked)) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.OTHER_ORCHESTRATION,
              "the id belongs to an instance of another orchestration; choose another id, id="
                  + id()
                  + " orchestration="
                  + row.orchestration()
                  + " asked="
                  + asked));
    } else if (ifExists == IfExists.REFUSE) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.INSTANCE_EXISTS,
              "an instance with this id exists, and the start asks to be refused then, id="
                  + id()
                  + " status="
                  + row.status()));
    }
  }

  @Override
  void decideUnknown(EngineState state, Decision<RowMutation> decision) {
    long number = state.numbers().draw();
    InstanceRow row =
        InstanceRow.started(
            number, id(), code.handle().name(), code.handle().version(), atMillis());
    decision.mutate(new RowMutation.Insert(row));
    decision.mutate(
        new RowMutation.Insert(
            new MessageRow(
                state.numbers().draw(), number, 0, atMillis(), new HistoryEvent.Started(input))));
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {}

  @Override
  void decidedAbsent(EngineState state, Decision<RowMutation> decision) {
    InstanceRow row = inserted(decision);
    if (row == null) {
      return;
    }
    InstanceState instance = new InstanceState(row, decision.position(), code);
    state.lay(instance, decision);
    state.known(id());
    state.admit(instance);
    created = true;
    state.counters().started++;
    state.releaseTurn(instance, atMillis());
  }

  /** Finds the new instance among the mutations; rows of payload types may stand before it. */
  static @Nullable InstanceRow inserted(Decision<RowMutation> decision) {
    for (RowMutation mutation : decision.mutations()) {
      if (mutation instanceof RowMutation.Insert insert
          && insert.row() instanceof InstanceRow row) {
        return row;
      }
    }
    return null;
  }
}
