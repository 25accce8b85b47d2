package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.RowMutation;

/** An operator has earlier executions of an instance forgotten (C41); never the current one. */
public final class PruneExecutions extends ClientCommand {

  private final int kept;

  /**
   * Makes one.
   *
   * @param kept how many earlier executions are left
   */
  public PruneExecutions(long atMillis, String id, int kept, Reply reply) {
    super(atMillis, id, reply);
    this.kept = kept;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    decideStored(instance.row(), decision);
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    forget(row.number(), row.execution() - kept, decision);
  }

  /** Forgets the executions below one. */
  static void forget(long instance, int below, Decision<RowMutation> decision) {
    if (below > 1) {
      decision.mutate(new RowMutation.DeleteHistory(instance, 0, below));
      decision.mutate(new RowMutation.DeleteExecutions(instance, 0, below));
    }
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    // Of earlier executions nothing is in memory.
  }
}
