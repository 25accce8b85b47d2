package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.EngineLimits;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TaskRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the process died in (rule R28), over instances as they were loaded. What is counted
 * follows from what was noted, not from what stands in the row: so a recovery that is cut short and
 * done again counts nothing twice.
 */
final class Crashes {

  private final Map<Long, Integer> left;
  private final EngineLimits limits;

  /**
   * Makes one.
   *
   * @param left what ran when the process died, with the crashes that stood against it then
   */
  Crashes(Map<Long, Integer> left, EngineLimits limits) {
    this.left = Map.copyOf(left);
    this.limits = limits;
  }

  /**
   * Counts for one instance.
   *
   * @return the tasks that count one more; null if nothing of the instance ran
   */
  @Nullable List<Long> count(InstanceState instance, long atMillis) {
    boolean turn = left.containsKey(instance.number());
    List<Long> tasks = new ArrayList<>(0);
    instance
        .tasks()
        .forEach(
            task -> {
              if (left.containsKey(task.row().number())) {
                tasks.add(task.row().number());
              }
            });
    if (turn) {
      countTurn(instance, atMillis);
    }
    tasks.forEach(task -> countTask(instance, task, atMillis));
    return turn || !tasks.isEmpty() ? tasks : null;
  }

  private int counted(long number, int before) {
    Integer noted = left.get(number);
    return noted == null ? before : Math.max(before, noted + 1);
  }

  private void countTurn(InstanceState instance, long atMillis) {
    InstanceRow row = instance.row();
    int crashes = counted(row.number(), row.turnCrashes());
    instance.fold(new RowMutation.Update(Rows.withTurnCrashes(row, crashes)));
    if (crashes >= limits.turnAttemptsMax()) {
      setAside(
          instance,
          atMillis,
          new Failure.LimitExceeded(
              "turnAttemptsMax",
              "the process died, or the turn was given up, this many times in turn "
                  + (row.turns() + 1)
                  + ": "
                  + crashes
                  + ", turnAttemptsMax="
                  + limits.turnAttemptsMax()
                  + "; mend the code, then release it"));
    }
  }

  private void countTask(InstanceState instance, long number, long atMillis) {
    ActivityWork open = instance.tasks().get(number);
    if (open == null) {
      return;
    }
    TaskRow row = open.row();
    int crashes = counted(number, row.crashes());
    instance.fold(
        new RowMutation.Update(withCrashes(row, crashes, row.attempt() + crashes - row.crashes())));
    if (crashes >= limits.crashesMax()) {
      setAside(
          instance,
          atMillis,
          new Failure.LimitExceeded(
              "crashesMax",
              "the process died this many times while an activity ran: "
                  + crashes
                  + ", crashesMax="
                  + limits.crashesMax()
                  + " activity="
                  + row.activity()
                  + " task="
                  + number
                  + "; mend it, then release the instance"));
    }
  }

  private static void setAside(InstanceState instance, long atMillis, Failure why) {
    instance.fold(Rows.quarantine(instance, atMillis, why));
  }

  /** Tells whether the process died in it too often: it runs no more until it is released. */
  static boolean isPoison(ActivityWork work, EngineLimits limits) {
    return work.row().crashes() >= limits.crashesMax();
  }

  /** Tells whether the process died too often in this instance's turn or in an activity of it. */
  static boolean isPoisoned(InstanceState instance, EngineLimits limits) {
    if (instance.row().turnCrashes() >= limits.turnAttemptsMax()) {
      return true;
    }
    boolean[] found = new boolean[1];
    instance.tasks().forEach(task -> found[0] |= isPoison(task, limits));
    return found[0];
  }

  /** Adds what lets an instance try once more: one more crash, and it is set aside again. */
  static void forgive(
      InstanceState instance, EngineLimits limits, long atMillis, Decision<RowMutation> decision) {
    instance
        .tasks()
        .forEach(
            task -> {
              if (isPoison(task, limits)) {
                decision.mutate(
                    new RowMutation.Update(
                        withCrashes(task.row(), limits.crashesMax() - 1, task.row().attempt())));
              }
            });
    InstanceRow row = instance.rowWith(InstanceStatus.RUNNING, instance.clamp(atMillis), null);
    int turns = Math.min(row.turnCrashes(), limits.turnAttemptsMax() - 1);
    decision.mutate(new RowMutation.Update(Rows.withTurnCrashes(row, turns)));
  }

  /** The failure of an earlier attempt goes: the last thing known of this one is the crash. */
  private static TaskRow withCrashes(TaskRow row, int crashes, int attempt) {
    return new TaskRow(
        row.number(),
        row.instance(),
        row.execution(),
        row.action(),
        row.activity(),
        row.tag(),
        attempt,
        row.scheduledAtMillis(),
        crashes,
        0,
        row.heartbeat(),
        null);
  }
}
