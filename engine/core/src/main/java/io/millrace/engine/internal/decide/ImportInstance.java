package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.InstanceHistory;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.PayloadChanges;
import io.millrace.storage.orchestration.RowMutation;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An operator brings in what was exported elsewhere: an instance that has ended, with its history,
 * in one record (C42).
 */
public final class ImportInstance extends ClientCommand implements Effect {

  private static final PayloadChanges NUMBERING = new PayloadChanges(UnaryOperator.identity());

  private final InstanceHistory history;
  private final Outlet outlet;

  // written by: decide thread, before the effect is released
  private @Nullable InstanceState made;

  /**
   * Makes one.
   *
   * @param history of an instance that has ended; its payloads are of this data directory already
   */
  public ImportInstance(long atMillis, InstanceHistory history, Outlet outlet, Reply reply) {
    super(atMillis, history.instance().id(), reply);
    this.history = history;
    this.outlet = outlet;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    decideStored(instance.row(), decision);
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    decision.refuse(
        refusal(
            CommandRefusedException.Reason.INSTANCE_EXISTS,
            "an instance with this id exists, so none can be brought in under it; delete that one"
                + " first, id="
                + id()
                + " status="
                + row.status()));
  }

  @Override
  void decideUnknown(EngineState state, Decision<RowMutation> decision) {
    long number = state.numbers().draw();
    decision.mutate(new RowMutation.Insert(row(history.instance(), number)));
    history
        .executions()
        .forEach(row -> decision.mutate(new RowMutation.Insert(NUMBERING.execution(row, number))));
    history
        .turns()
        .forEach(row -> decision.mutate(new RowMutation.Insert(NUMBERING.turn(row, number))));
    AttributesRow attributes = history.attributes();
    if (attributes != null) {
      decision.mutate(new RowMutation.Insert(NUMBERING.attributes(attributes, number)));
    }
    decision.whenDurable(this);
  }

  /** Its parent stayed where it was. */
  private InstanceRow row(InstanceRow from, long number) {
    return new InstanceRow(
        number,
        from.id(),
        from.orchestration(),
        from.version(),
        from.status(),
        from.execution(),
        from.turns(),
        from.events(),
        from.createdAtMillis(),
        from.updatedAtMillis(),
        from.finishedAtMillis(),
        0,
        0,
        -1,
        number,
        0,
        from.output(),
        from.failure());
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    throw new IllegalStateException("refused where there is one, id=" + id());
  }

  /** Until the store has it, what is left of one that has ended stands for it (rule R18). */
  @Override
  void decidedAbsent(EngineState state, Decision<RowMutation> decision) {
    InstanceRow row = StartInstance.inserted(decision);
    if (row != null) {
      InstanceState instance = new InstanceState(row, decision.position(), state.code(row));
      instance.view().show(row, decision.position());
      state.known(row.id());
      state.admit(instance);
      state.depart(instance);
      made = instance;
    }
  }

  @Override
  public void release() {
    InstanceState instance = Objects.requireNonNull(made);
    instance.view().release(instance.row());
    outlet.ended(instance.view());
  }
}
