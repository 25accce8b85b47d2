package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds in a decision what it opens and closes of one instance. */
final class TurnChanges {

  private TurnChanges() {}

  /** Returns what the code said of its instance, null if nothing. */
  static @Nullable AttributesRow said(Decision<RowMutation> decision) {
    List<RowMutation> mutations = decision.mutations();
    for (int i = 0; i < mutations.size(); i++) {
      RowMutation mutation = mutations.get(i);
      if (mutation instanceof RowMutation.Insert insert
          && insert.row() instanceof AttributesRow row) {
        return row;
      }
      if (mutation instanceof RowMutation.Update update
          && update.row() instanceof AttributesRow row) {
        return row;
      }
    }
    return null;
  }

  /** Hands over what a decision deletes, before it is laid over the state. */
  static void forEachDeleted(
      InstanceState instance,
      Decision<RowMutation> decision,
      Consumer<ActivityWork> activities,
      Consumer<OpenTimer> timers) {
    List<RowMutation> mutations = decision.mutations();
    for (int i = 0; i < mutations.size(); i++) {
      RowMutation mutation = mutations.get(i);
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
    List<RowMutation> mutations = decision.mutations();
    for (int i = 0; i < mutations.size(); i++) {
      RowMutation mutation = mutations.get(i);
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
