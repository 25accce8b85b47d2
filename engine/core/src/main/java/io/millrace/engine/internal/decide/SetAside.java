package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowMutation;
import java.util.Objects;

/** An instance whose history cannot be read is set aside (C21). */
public final class SetAside extends Command {

  private final long instance;
  private final Failure why;

  /** Makes one. */
  public SetAside(long atMillis, long instance, Failure why) {
    super(atMillis);
    this.instance = instance;
    this.why = why;
  }

  @Override
  void decide(EngineState state, Decision<RowMutation> decision) {
    InstanceState found = state.instance(instance);
    if (found == null || found.isTerminal()) {
      decision.refuse(LateException.INSTANCE);
    } else {
      // In memory it was set aside at the load; this is for the store.
      decision.mutate(
          new RowMutation.Update(
              found.rowWith(InstanceStatus.QUARANTINED, found.clamp(atMillis()), why)));
    }
  }

  @Override
  void decided(EngineState state, Decision<RowMutation> decision) {
    InstanceState found = Objects.requireNonNull(state.instance(instance));
    state.lay(found, decision);
    state.setAside(found);
  }

  @Override
  void decideTooLarge(EngineState state, long bytes, long limit, Decision<RowMutation> decision) {
    throw new IllegalStateException(
        "a quarantine does not fit into one record, recordBytesMax=" + limit + " bytes=" + bytes);
  }
}
