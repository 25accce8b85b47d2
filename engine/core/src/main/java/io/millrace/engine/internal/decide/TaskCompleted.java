package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of an activity has come to an end. Counts only while that very attempt is the open
 * one, so a late or repeated one changes nothing (C4). A failure that the policy allows another
 * attempt for becomes no message: the task waits for its next attempt.
 *
 * <p>Results of other activities of the same instance may {@linkplain #gather gather} in it until
 * it is decided; they then share one decision and one record.
 */
public final class TaskCompleted extends InstanceCommand implements Effect {

  private static final AtomicReferenceFieldUpdater<TaskCompleted, Ended> LATEST =
      AtomicReferenceFieldUpdater.newUpdater(TaskCompleted.class, Ended.class, "latest");

  /** How many results share a decision at most, so that none takes long. */
  private static final int GATHERED_MAX = 64;

  private static final Ended[] NONE = {};

  private final Outlet outlet;

  // written by: whoever adds an end, until the decide thread takes them all: null from then on
  private volatile @Nullable Ended latest;

  // written by: decide thread, before the effect is released
  private Ended[] ends = NONE;
  private int counting;
  private List<ActivityWork> next = List.of();

  /** Makes one. */
  public TaskCompleted(long atMillis, ActivityWork work, ActivityEnd end, Outlet outlet) {
    super(atMillis, work.row().instance());
    this.outlet = outlet;
    this.latest = new Ended(atMillis, work, end, null);
  }

  /**
   * Adds the result of another activity of the same instance, which is decided together with what
   * is here. A failure travels alone. Any thread.
   *
   * @param bytesMax how much may gather, so that it surely fits into one record
   * @return whether it was added; not if this is decided already, or full
   */
  boolean gather(long atMillis, ActivityWork work, ActivityEnd end, long bytesMax) {
    Ended seen = latest;
    while (seen != null && seen.count < GATHERED_MAX && isResult(seen.end)) {
      Ended added = new Ended(atMillis, work, end, seen);
      if (added.bytes > bytesMax) {
        return false;
      }
      if (LATEST.compareAndSet(this, seen, added)) {
        return true;
      }
      seen = latest;
    }
    return false;
  }

  /** Tells whether an end is a result, so that it may share a decision. */
  static boolean isResult(ActivityEnd end) {
    return end.message() instanceof HistoryEvent.ActivityCompleted;
  }

  @Override
  void begins() {
    Ended last = LATEST.getAndSet(this, null);
    Ended[] all = new Ended[Objects.requireNonNull(last, "decided twice").count];
    for (Ended each = last; each != null; each = each.before) {
      all[each.count - 1] = each;
    }
    ends = all;
  }

  @Override
  void decideResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    for (int i = 0; i < ends.length; i++) {
      Ended each = ends[i];
      ActivityWork open = each.open(resident);
      if (open == null || isRepeated(i)) {
        continue;
      }
      counting++;
      if (each.end.message() instanceof HistoryEvent.ActivityFailed failed) {
        decideFailed(state, resident, each, Retry.of(open, each.end, failed, atMillis()), decision);
      } else {
        end(state, resident, each, each.end.message(), decision);
      }
    }
    if (counting == 0) {
      decision.refuse(LateException.INSTANCE);
    }
  }

  /** Tells whether the same attempt ended before; another attempt's end does not count at all. */
  private boolean isRepeated(int at) {
    for (int i = 0; i < at; i++) {
      if (ends[i].task == ends[at].task && ends[i].attempt == ends[at].attempt) {
        return true;
      }
    }
    return false;
  }

  private void decideFailed(
      EngineState state,
      InstanceState resident,
      Ended failed,
      Retry retry,
      Decision<RowMutation> decision) {
    TaskRow again = retry.next();
    if (again == null) {
      HistoryEvent.Message last = new HistoryEvent.ActivityFailed(failed.action(), retry.failure());
      end(state, resident, failed, last, decision);
    } else {
      decision.mutate(new RowMutation.Update(again));
      decision.whenDurable(this);
    }
  }

  private static void end(
      EngineState state,
      InstanceState resident,
      Ended ended,
      HistoryEvent.Message outcome,
      Decision<RowMutation> decision) {
    decision.mutate(new RowMutation.Delete(RowKey.of(Table.TASKS, ended.task)));
    state.deliver(resident, outcome, ended.atMillis, decision);
  }

  @Override
  void decidedResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    state.lay(resident, decision);
    Ended first = ends[0];
    state.counters().lateCompletions += ends.length - counting;
    // The instance remembers this until the next result comes: not what was in it.
    ends = NONE;
    if (decision.mutations().get(0) instanceof RowMutation.Update) {
      ActivityWork again = Objects.requireNonNull(resident.tasks().get(first.task));
      next = state.holdOrStart(List.of(again), decision.position());
      state.counters().activitiesRetried++;
      return;
    }
    if (isResult(first.end)) {
      state.counters().activitiesCompleted += counting;
    } else {
      state.counters().activitiesFailed++;
    }
    state.releaseTurn(resident, atMillis());
    state.shedding().weigh(resident);
  }

  @Override
  void refused(EngineState state, RuntimeException why) {
    state.counters().lateCompletions += ends.length;
  }

  @Override
  void decideTooLarge(
      EngineState state, InstanceState resident, Excess excess, Decision<RowMutation> decision) {
    Failure failure =
        new Failure.LimitExceeded(
            "recordBytesMax", "the activity's result does not fit into one record, " + excess);
    for (int i = 0; i < ends.length; i++) {
      Ended each = ends[i];
      if (each.open(resident) != null && !isRepeated(i)) {
        end(
            state,
            resident,
            each,
            new HistoryEvent.ActivityFailed(each.action(), failure),
            decision);
      }
    }
  }

  @Override
  public void release() {
    next.forEach(outlet::runActivity);
  }

  /** An end, and those that came before it. */
  private static final class Ended {
    final long atMillis;
    final long task;
    final int attempt;
    final ActivityEnd end;
    final @Nullable Ended before;
    final int count;
    final long bytes;

    Ended(long atMillis, ActivityWork work, ActivityEnd end, @Nullable Ended before) {
      this.atMillis = atMillis;
      this.task = work.row().number();
      this.attempt = work.row().attempt();
      this.end = end;
      this.before = before;
      this.count = before == null ? 1 : before.count + 1;
      this.bytes = Sizes.of(end.message()) + (before == null ? 0 : before.bytes);
    }

    /** Returns what it ends, null if that is not open any more. */
    @Nullable ActivityWork open(InstanceState resident) {
      ActivityWork open = resident.tasks().get(task);
      return open == null || open.row().attempt() != attempt ? null : open;
    }

    int action() {
      return end.message() instanceof HistoryEvent.ActivityFailed failed
          ? failed.action()
          : ((HistoryEvent.ActivityCompleted) end.message()).action();
    }
  }
}
