package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.IfExists;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;
import java.util.List;
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

  /** Tells whether this made the instance, or began it anew; after the acknowledgement. */
  public boolean created() {
    RequestRow before = done();
    return before == null ? created : before.created();
  }

  @Override
  String kind() {
    return "start " + code.handle().name();
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    decideExisting(state, instance.row(), decision);
  }

  @Override
  void decideStored(EngineState state, InstanceRow row, Decision<RowMutation> decision) {
    decideExisting(state, row, decision);
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    throw new IllegalStateException("asked with the state");
  }

  private void decideExisting(EngineState state, InstanceRow row, Decision<RowMutation> decision) {
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
    } else if (ifExists == IfExists.RESTART_FINISHED && row.status().isTerminal()) {
      NewStarts.again(state, row, code.handle().version(), input, atMillis(), decision);
    }
  }

  @Override
  void decideUnknown(EngineState state, Decision<RowMutation> decision) {
    NewStarts.first(state, id(), code.handle(), input, atMillis(), decision);
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    created = NewStarts.decided(state, code, atMillis(), decision);
  }

  @Override
  void decidedAbsent(EngineState state, Decision<RowMutation> decision) {
    created = NewStarts.decided(state, code, atMillis(), decision);
  }

  /** Finds the new instance among the mutations; rows of payload types may stand before it. */
  static @Nullable InstanceRow inserted(Decision<RowMutation> decision) {
    List<RowMutation> mutations = decision.mutations();
    for (int i = 0; i < mutations.size(); i++) {
      RowMutation mutation = mutations.get(i);
      if (mutation instanceof RowMutation.Insert insert
          && insert.row() instanceof InstanceRow row) {
        return row;
      }
    }
    return null;
  }
}
