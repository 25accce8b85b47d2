package io.millrace.engine.internal.decide;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.payload.Payload;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads back the inputs of activities that only the store has (rule R26). An input stands in the
 * history row of the turn that asked, beside those of the other activities of that turn, which are
 * likely to be taken next: so the row read last is kept. Any thread but decide and commit.
 */
public final class StoredInputs {

  private final OrchestrationStore store;
  private final LongAdder read = new LongAdder();

  /** One at a time: those that wait mostly want the same row. */
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private @Nullable HistoryRow last;
  private int left;

  /** Makes one. */
  public StoredInputs(OrchestrationStore store) {
    this.store = store;
  }

  /**
   * Reads what an activity is given.
   *
   * @throws StoreException if the store cannot be read now
   */
  public Found read(ActivityWork work) throws StoreException {
    try {
      Payload input = input(work.row(), work.turn());
      read.increment();
      return new Found(input, null);
    } catch (StoreException.Failed | IllegalStateException e) {
      UnreadableHistory.requireReadable(store, work.row().instance());
      return new Found(null, UnreadableHistory.failure(e));
    }
  }

  private Payload input(TaskRow task, int turn) throws StoreException {
    lock.lock();
    try {
      HistoryRow row = last;
      if (row == null || !isOf(row, task, turn)) {
        row = row(task, turn);
        last = row;
        left = activities(row);
      }
      left--;
      if (left <= 0) {
        last = null;
      }
      return input(row, task);
    } finally {
      lock.unlock();
    }
  }

  private static boolean isOf(HistoryRow row, TaskRow task, int turn) {
    return row.instance() == task.instance()
        && row.execution() == task.execution()
        && row.turn() == turn;
  }

  private HistoryRow row(TaskRow task, int turn) throws StoreException {
    try (OrchestrationReader reader = store.read()) {
      List<HistoryRow> rows = reader.history(task.instance(), task.execution(), turn, 1);
      if (rows.isEmpty() || rows.get(0).turn() != turn) {
        throw new IllegalStateException(
            "expected the turn that asked for an activity, instance="
                + task.instance()
                + " turn="
                + turn
                + " task="
                + task.number());
      }
      return rows.get(0);
    }
  }

  private static int activities(HistoryRow row) {
    int count = 0;
    for (int i = 0; i < row.events().size(); i++) {
      Object event = row.events().get(i);
      if (event instanceof HistoryEvent.ActivityScheduled) {
        count++;
      }
    }
    return count;
  }

  private static Payload input(HistoryRow row, TaskRow task) {
    int index = task.action() - row.firstEvent();
    Object event = index < 0 || index >= row.events().size() ? null : row.events().get(index);
    if (event instanceof HistoryEvent.ActivityScheduled scheduled) {
      return scheduled.input();
    }
    throw new IllegalStateException(
        "expected an activity where the task points, task=" + task + " event=" + event);
  }

  /** Returns how many were read back. Any thread. */
  public long count() {
    return read.sum();
  }

  /**
   * What was found: one of the two.
   *
   * @param input what the activity is given
   * @param why why that can no longer be read, though the store can
   */
  public record Found(@Nullable Payload input, @Nullable Failure why) {}
}
