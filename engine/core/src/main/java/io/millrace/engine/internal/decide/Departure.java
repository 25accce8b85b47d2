package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The end of an instance: what is still pending is cancelled (C15), and once all is durable its
 * activities are told and its clients hear.
 */
final class Departure {

  private final Outlet outlet;

  // written by: decide thread, before the effect is released
  private List<ActivityWork> told = List.of();
  private @Nullable InstanceState instance;
  private @Nullable InstanceRow end;

  Departure(Outlet outlet) {
    this.outlet = outlet;
  }

  /**
   * Deletes what is open.
   *
   * @param fromMessage how many messages of the inbox stay out of it, because the ending turn
   *     deletes them itself
   */
  static void deleteOpen(InstanceState instance, int fromMessage, Decision<RowMutation> decision) {
    instance.tasks().forEach(task -> delete(Table.TASKS, task.row().number(), decision));
    LongMap<OpenTimer> timers = instance.timers();
    if (timers != null) {
      timers.forEach(timer -> delete(Table.TIMERS, timer.row().number(), decision));
    }
    for (int i = fromMessage; i < instance.inbox().size(); i++) {
      delete(Table.INBOX, instance.inbox().get(i).number(), decision);
    }
  }

  /** Asks the children that an instance awaits to stop. */
  static void cancelChildren(
      EngineState state,
      InstanceState instance,
      String reason,
      long atMillis,
      Decision<RowMutation> decision) {
    instance
        .children()
        .forEach(
            child ->
                state.send(child, 0, new HistoryEvent.CancelRequested(reason), atMillis, decision));
  }

  /** The instance ends: it shows its end, its children are asked to stop, its parent hears. */
  static void leave(
      EngineState state,
      InstanceState instance,
      InstanceRow ended,
      Decision<RowMutation> decision) {
    cancelChildren(state, instance, "its parent ended", ended.updatedAtMillis(), decision);
    if (ended.parentAction() >= 0) {
      state.send(
          ended.parent(),
          ended.parentExecution(),
          ChildOutcome.of(ended),
          ended.updatedAtMillis(),
          decision);
    }
    decision.mutate(new RowMutation.Update(ended));
  }

  private static void delete(Table table, long number, Decision<RowMutation> decision) {
    decision.mutate(new RowMutation.Delete(RowKey.of(table, number)));
  }

  /** Notes what is open, before the decision is laid over the state. */
  void take(InstanceState leaving) {
    instance = leaving;
    if (leaving.tasks().size() > 0) {
      List<ActivityWork> open = new ArrayList<>(leaving.tasks().size());
      leaving.tasks().forEach(open::add);
      told = open;
    }
    LongMap<OpenTimer> timers = leaving.timers();
    if (timers != null) {
      timers.forEach(
          timer -> {
            if (timer.drop()) {
              outlet.dropped(timer);
            }
          });
    }
  }

  /** Notes the last row, after the decision was laid over the state. */
  void seal() {
    end = Objects.requireNonNull(instance).row();
  }

  /** Commit thread: the end is durable. */
  void release() {
    for (ActivityWork work : told) {
      work.drop();
      outlet.tellCancelled(work);
    }
    InstanceView view = Objects.requireNonNull(instance).view();
    view.release(Objects.requireNonNull(end));
    outlet.ended(view);
  }
}
