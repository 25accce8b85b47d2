package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.storage.orchestration.RowMutation;
import java.util.List;

/**
 * The process died while a turn or activities of an instance ran (rule R28). In memory that is
 * counted since the load; this is for the store.
 */
final class CrashCounted extends InstanceCommand implements Effect {

  private final List<Long> tasks;
  private final Outlet outlet;
  private final boolean last;

  /**
   * Makes one.
   *
   * @param tasks the numbers of the activities that ran
   * @param last whether all is counted with this
   */
  CrashCounted(long atMillis, long instance, List<Long> tasks, Outlet outlet, boolean last) {
    super(atMillis, instance);
    this.tasks = List.copyOf(tasks);
    this.outlet = outlet;
    this.last = last;
  }

  @Override
  void decideResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    for (long task : tasks) {
      ActivityWork open = resident.tasks().get(task);
      if (open != null) {
        decision.mutate(new RowMutation.Update(open.row()));
      }
    }
    decision.mutate(new RowMutation.Update(resident.row()));
    decision.whenDurable(this);
  }

  @Override
  void decidedResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    state.lay(resident, decision);
    if (resident.isQuarantined()) {
      state.setAside(resident);
    }
  }

  @Override
  void decideTooLarge(
      EngineState state, InstanceState resident, Excess excess, Decision<RowMutation> decision) {
    throw new IllegalStateException("a crash does not fit into one record, " + excess);
  }

  @Override
  public void release() {
    if (last) {
      outlet.crashesCounted();
    }
  }
}
