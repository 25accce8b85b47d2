package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.payload.Payload;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * An activity that has not completed, as the decide thread, the commit thread and the worker that
 * runs it share it.
 */
public final class ActivityWork {

  private static final AtomicIntegerFieldUpdater<ActivityWork> CLAIMED =
      AtomicIntegerFieldUpdater.newUpdater(ActivityWork.class, "claimed");

  private final TaskRow row;
  private final String instanceId;
  private final Payload input;

  // written by: decide thread at a load, then the commit thread
  private volatile @Nullable String cancelReason;
  private volatile boolean dropped;

  // written by: whoever claims it
  @SuppressWarnings("UnusedVariable") // written through CLAIMED
  private volatile int claimed;

  // written by: the worker that runs it
  private volatile @Nullable Runnable onCancel;

  ActivityWork(TaskRow row, String instanceId, Payload input) {
    this.row = row;
    this.instanceId = instanceId;
    this.input = input;
  }

  /** Takes the right to run it, or to end it unrun; only the first caller gets it. Any thread. */
  public boolean claim() {
    return CLAIMED.compareAndSet(this, 0, 1);
  }

  /** Tells whether somebody has the right already. Any thread. */
  public boolean isClaimed() {
    return claimed != 0;
  }

  /** Returns what is kept of it. */
  public TaskRow row() {
    return row;
  }

  /** Returns the caller's id of the instance that asked. */
  public String instanceId() {
    return instanceId;
  }

  /** Returns what it is given. */
  public Payload input() {
    return input;
  }

  /** Returns why it was cancelled, or null while it was not. */
  public @Nullable String cancelReason() {
    return cancelReason;
  }

  /** Tells whether nobody wants its result any more: it need not run, nor be reported. */
  public boolean isDropped() {
    return dropped;
  }

  /**
   * Says what is to happen when it is cancelled, and whether it already is. For the worker, before
   * it enters user code; null when it has left it.
   */
  public boolean onCancel(@Nullable Runnable action) {
    onCancel = action;
    return cancelReason != null || dropped;
  }

  /** Returns what is to happen on a cancel, or null. */
  public @Nullable Runnable onCancel() {
    return onCancel;
  }

  /** It is asked to stop; what it then reports counts. */
  void cancel(String reason) {
    cancelReason = reason;
  }

  /** It is asked to stop, and nobody hears what it reports. */
  void drop() {
    dropped = true;
  }
}
