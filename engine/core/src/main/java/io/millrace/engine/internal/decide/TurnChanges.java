package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import java.util.Objects;
import java.util.function.Consumer;

/** Finds in a decision what it opens and closes of one instance. */
final class TurnChanges {

  private TurnChanges() {}

  /** Hands over what a decision deletes, before it is laid over the state. */
  static void forEachDeleted(
      InstanceState instance,
      Decision<RowMutation> decision,
      Consumer<ActivityWork> activities,
      Consumer<OpenTimer> timers) {
    for (RowMutation mutation : decision.mutations()) {
      if (mutation instanceof RowMutation.Delete delete) {
        long number = delete.key().number();
        if (delete.key().table() == Table.TASKS) {
          activities.accept(Objects.requireNonNull(instance.tasks().get(number)));
        } else if (delete.key().table() == Table.TIMERS) {
          timers.accept(Objects.requireNonNull(instance.timer(number)));
        }
      }
    }
  }

  /** Hands over what a decision inserted, after it was laid over the state. */
  static void forEachInserted(
      InstanceState instance,
      Decision<RowMutation> decision,
      Consumer<ActivityWork> activities,
      Consumer<OpenTimer> timers) {
    for (RowMutation mutation : decision.mutations()) {
      if (mutation instanceof RowMutation.Insert insert) {
        if (insert.row() instanceof TaskRow task) {
          activities.accept(Objects.requireNonNull(instance.tasks().get(task.number())));
        } else if (insert.row() instanceof TimerRow timer) {
          timers.accept(Objects.requireNonNull(instance.timer(timer.number())));
        }
      }
    }
  }
}
