package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.CallPolicy;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.payload.Payload;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an activity that has not completed, as the decide thread, the commit thread and
 * the worker that runs it share it. The next attempt is another of these.
 */
public final class ActivityWork {

  private static final AtomicIntegerFieldUpdater<ActivityWork> CLAIMED =
      AtomicIntegerFieldUpdater.newUpdater(ActivityWork.class, "claimed");

  private final String instanceId;
  private final @Nullable CallPolicy policy;
  private final Gathering gathering;

  // written by: decide thread
  private volatile TaskRow row;
  private boolean cancelAsked;
  private boolean letOut;
  private volatile @Nullable Payload input;
  private int turn;

  // written by: decide thread at a load, then the commit thread
  private volatile @Nullable String cancelReason;
  private volatile boolean dropped;

  // written by: whoever claims it
  @SuppressWarnings("UnusedVariable") // written through CLAIMED
  private volatile int claimed;

  // written by: whoever takes it over to run it
  private volatile @Nullable Runnable onCancel;

  ActivityWork(
      TaskRow row,
      String instanceId,
      @Nullable Payload input,
      @Nullable CallPolicy policy,
      Gathering gathering) {
    this.row = row;
    this.instanceId = instanceId;
    this.input = input;
    this.policy = policy;
    this.gathering = gathering;
  }

  /** Takes the right to run it, or to end it unrun; only the first caller gets it. Any thread. */
  public boolean claim() {
    return CLAIMED.compareAndSet(this, 0, 1);
  }

  /** Tells whether somebody has the right already. Any thread. */
  public boolean isClaimed() {
    return claimed != 0;
  }

  /** Returns what is kept of it; of one attempt only the heartbeat changes. */
  public TaskRow row() {
    return row;
  }

  /** Takes what is kept of the same attempt now, or of the next. */
  ActivityWork with(TaskRow changed) {
    if (changed.attempt() == row.attempt()) {
      row = changed;
      return this;
    }
    ActivityWork next = new ActivityWork(changed, instanceId, input, policy, gathering);
    next.turn = turn;
    return next;
  }

  /** Returns the caller's id of the instance that asked. */
  public String instanceId() {
    return instanceId;
  }

  /** Returns what it is given, null if only the store has that now. Any thread. */
  public @Nullable Payload input() {
    return input;
  }

  /** Returns the turn whose history holds the input; known if that is in the store alone. */
  int turn() {
    return turn;
  }

  /** Decide thread: the input is in the store alone, in the history of a turn. */
  void shed(int inTurn) {
    // In this order: whoever finds no input finds the turn.
    turn = inTurn;
    input = null;
  }

  /** Returns how often and how long it is tried; null for once, and as long as it takes. */
  public @Nullable CallPolicy policy() {
    return policy;
  }

  /** Returns where its result meets those of the same instance. */
  public Gathering gathering() {
    return gathering;
  }

  /** Returns when the call is over, all attempts together; {@link Long#MAX_VALUE} for never. */
  public long closesAtMillis() {
    CallPolicy limits = policy;
    return limits == null || limits.scheduleToCloseMillis() == 0
        ? Long.MAX_VALUE
        : row.scheduledAtMillis() + limits.scheduleToCloseMillis();
  }

  /** Tells whether the process died the last time this was tried: then it runs alone (rule R28). */
  public boolean isSuspect() {
    TaskRow now = row;
    return now.crashes() > 0 && now.lastFailure() == null;
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
   * Says what is to happen when it is cancelled. For whoever takes it over; what it finds cancelled
   * already it must look for itself afterwards.
   */
  public void onCancel(Runnable action) {
    onCancel = action;
  }

  /** Returns what is to happen on a cancel, or null if nobody has taken it over yet. */
  public @Nullable Runnable onCancel() {
    return onCancel;
  }

  /** Decide thread: it is to be asked to stop once that is durable; it is not tried again. */
  void askCancel() {
    cancelAsked = true;
  }

  /** Decide thread: tells whether it is, or is to be, asked to stop. */
  boolean isCancelAsked() {
    return cancelAsked;
  }

  /** Decide thread: it was let out after a load. */
  void letOut() {
    letOut = true;
  }

  /** Decide thread: tells whether it was. */
  boolean isLetOut() {
    return letOut;
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
