package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.engine.CommandRefusedException;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TombstoneRow;
import java.util.List;

/**
 * An instance is deleted with its whole tree, by one record: a tombstone on its root (C41, rule
 * R20). From then on nothing of it is there: those in memory leave at once, and what their turns
 * and activities still report is late. The rows go later, see {@link SweepTree}.
 */
public final class DeleteTree extends ClientCommand implements Effect {

  private final long number;
  private final boolean force;
  private final Outlet outlet;

  // written by: decide thread, before the effect is released
  private long deleted;
  private List<ActivityWork> told = List.of();
  private List<InstanceView> gone = List.of();

  /**
   * Makes one.
   *
   * @param number the instance that was chosen: if the id has another one by now, that is not
   *     deleted; 0 for whichever has the id
   * @param force whether it is deleted though it has not ended
   */
  public DeleteTree(
      long atMillis, String id, long number, boolean force, Outlet outlet, Reply reply) {
    super(atMillis, id, reply);
    this.number = number;
    this.force = force;
    this.outlet = outlet;
  }

  /** Returns the number of the root that was deleted; after the acknowledgement. */
  public long deleted() {
    return deleted;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    decideStored(instance.row(), decision);
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    if (number != 0 && row.number() != number) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.UNKNOWN_INSTANCE,
              "the id belongs to another instance by now, id=" + id()));
    } else if (row.root() != row.number()) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.NOT_DELETABLE,
              "a child is deleted with the instance that awaits it; delete that one, id="
                  + id()
                  + " root="
                  + row.root()));
    } else if (!row.status().isTerminal() && !force) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.NOT_DELETABLE,
              "the instance has not ended; wait, terminate it, or delete it by force, id="
                  + id()
                  + " status="
                  + row.status()));
    } else {
      decision.mutate(new RowMutation.Insert(new TombstoneRow(row.number(), row.id(), atMillis())));
      decision.whenDurable(this);
    }
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    delete(state, instance.number());
  }

  @Override
  void decidedAbsent(EngineState state, Decision<RowMutation> decision) {
    InstanceRow row = stored();
    if (row != null) {
      delete(state, row.number());
    }
  }

  private void delete(EngineState state, long root) {
    deleted = root;
    EngineState.Deleted all = state.delete(root);
    told = all.activities();
    gone = all.views();
  }

  @Override
  public void release() {
    for (ActivityWork work : told) {
      work.drop();
      outlet.tellCancelled(work);
    }
    gone.forEach(outlet::deleted);
    outlet.buried();
  }
}
