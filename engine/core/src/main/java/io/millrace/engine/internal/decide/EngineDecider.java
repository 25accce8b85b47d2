package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Durability;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.Progress;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.PayloadTypes;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The state machine. What a command means stands with the command; here is what holds for all: the
 * descriptors of new payload types go into the same record, and housekeeping is done between
 * batches.
 */
public final class EngineDecider implements Decider<Command, RowMutation> {

  private final EngineState state;
  private final PayloadTypes types;
  private final Durability level;
  private final LongSupplier clock;

  // written by: decide thread
  private List<PayloadTypeRow> writing = List.of();

  EngineDecider(EngineState state, PayloadTypes types, Durability level, LongSupplier clock) {
    this.state = state;
    this.types = types;
    this.level = level;
    this.clock = clock;
  }

  @Override
  public void decide(Command command, Decision<RowMutation> decision) {
    writing = types.pending();
    command.decide(state, decision);
    writeTypes(decision);
  }

  @Override
  public void decideTooLarge(
      Command command, long bytes, long limit, Decision<RowMutation> decision) {
    command.decideTooLarge(state, bytes, limit, decision);
    writeTypes(decision);
  }

  /** Rows of one decision are kept or lost together, so their order does not matter. */
  private void writeTypes(Decision<RowMutation> decision) {
    if (decision.mutations().isEmpty()) {
      writing = List.of();
    }
    for (int i = 0; i < writing.size(); i++) {
      decision.mutate(new RowMutation.Insert(writing.get(i)));
    }
  }

  @Override
  public void decided(Command command, Decision<RowMutation> decision) {
    if (!writing.isEmpty()) {
      types.markJournaled(writing);
      writing = List.of();
    }
    if (decision.isDeferred()) {
      command.deferred(state);
      return;
    }
    RuntimeException refusal = decision.refusal();
    if (refusal == null) {
      command.decided(state, decision);
    } else {
      command.refused(state, refusal);
    }
    command.waitIsOver(state);
  }

  @Override
  public void endOfBatch(Progress progress, Pressure pressure) {
    state.endOfBatch(progress, pressure, level, clock.getAsLong());
  }
}
