package io.millrace.engine.internal.runtime;

import io.millrace.buffer.metrics.RunningWork;
import io.millrace.engine.ActivityCancelledException;
import io.millrace.engine.ActivityContext;
import io.millrace.engine.internal.decide.ActivityWork;
import io.millrace.storage.orchestration.CallPolicy;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of an activity, from the queue to its end, as its code sees it. */
final class Attempt implements ActivityContext {

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final ActivityWork work;
  private final TaskRow row;
  private final ActivityDesk desk;

  // guarded by this
  private @Nullable Heartbeats heartbeats;
  private List<Runnable> listeners = List.of();
  private List<Alarms.Alarm> alarms = List.of();
  private boolean over;
  private int unread;
  private @Nullable Thread inside;
  private long beganMillis;
  private @Nullable String stop;
  private boolean told;
  private @Nullable Instant deadline;

  Attempt(ActivityWork work, ActivityDesk desk) {
    this.work = work;
    this.row = work.row();
    this.desk = desk;
  }

  ActivityWork work() {
    return work;
  }

  /** Returns its heartbeats; made when first asked for, since most attempts have none. */
  synchronized Heartbeats heartbeats() {
    if (heartbeats == null) {
      heartbeats = new Heartbeats(work, desk);
    }
    return heartbeats;
  }

  /** Adds an alarm that ends with the attempt. */
  void alarm(long atMillis, Runnable action) {
    Alarms.Alarm alarm = desk.clock().at(atMillis, action);
    synchronized (this) {
      if (!over) {
        alarms = alarms.isEmpty() ? new ArrayList<>() : alarms;
        alarms.add(alarm);
        return;
      }
    }
    alarm.drop();
  }

  /** Returns how often its input could not be read. */
  synchronized int unread() {
    return unread;
  }

  synchronized void countUnread() {
    unread++;
  }

  /**
   * The calling thread goes in.
   *
   * @return whether it may; not if the attempt is over already
   */
  boolean begin(long nowMillis) {
    CallPolicy policy = work.policy();
    synchronized (this) {
      if (over) {
        return false;
      }
      inside = Thread.currentThread();
      beganMillis = nowMillis;
      if (policy != null) {
        deadline = deadline(policy, nowMillis);
      }
    }
    return true;
  }

  /** Returns what is to be told of it while its code runs. */
  RunningWork running() {
    long since;
    synchronized (this) {
      since = beganMillis;
    }
    return new RunningWork(
        RunningWork.Kind.ACTIVITY,
        instanceId(),
        activityName(),
        attempt(),
        Instant.ofEpochMilli(since));
  }

  private @Nullable Instant deadline(CallPolicy policy, long nowMillis) {
    long attempt =
        policy.startToCloseMillis() == 0 ? Long.MAX_VALUE : nowMillis + policy.startToCloseMillis();
    long end = Math.min(attempt, work.closesAtMillis());
    return end == Long.MAX_VALUE ? null : Instant.ofEpochMilli(end);
  }

  /**
   * The calling thread has left. What interrupted it was meant for the attempt, so it is cleared.
   */
  void left() {
    synchronized (this) {
      inside = null;
    }
    boolean unused = Thread.interrupted();
  }

  /**
   * It has an outcome: the first to say so reports it.
   *
   * @return whether the caller is the first
   */
  boolean end() {
    List<Alarms.Alarm> open;
    synchronized (this) {
      if (over) {
        return false;
      }
      over = true;
      open = alarms;
      alarms = List.of();
    }
    open.forEach(Alarms.Alarm::drop);
    return true;
  }

  /** Says why it is to stop; its code is told by {@link #tell}, on a thread that may run it. */
  synchronized void stop(String why) {
    if (stop == null) {
      stop = why;
    }
  }

  /** Interrupts its code if it is still inside, and tells whether it was. Any thread. */
  boolean interrupt() {
    synchronized (this) {
      Thread thread = inside;
      if (thread == null) {
        return false;
      }
      thread.interrupt();
      return true;
    }
  }

  /** Tells the code to stop, once. Runs what the user registered. */
  void tell() {
    List<Runnable> actions;
    synchronized (this) {
      if (told) {
        return;
      }
      told = true;
      actions = List.copyOf(listeners);
    }
    actions.forEach(this::run);
  }

  private void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      LOG.warn(
          "an onCancel action threw, activity={} instance={}", activityName(), instanceId(), e);
    }
  }

  @Override
  public String instanceId() {
    return work.instanceId();
  }

  @Override
  public int execution() {
    return row.execution();
  }

  @Override
  public String activityName() {
    return row.activity();
  }

  @Override
  public int attempt() {
    return row.attempt();
  }

  @Override
  public String idempotencyKey() {
    UUID directory = desk.storeId();
    // Numbers are never used twice in a data directory, but every directory counts for itself.
    return String.join(
        ":",
        work.instanceId(),
        Long.toString(row.number(), Character.MAX_RADIX),
        Long.toUnsignedString(
            directory.getMostSignificantBits() ^ directory.getLeastSignificantBits(),
            Character.MAX_RADIX));
  }

  @Override
  public synchronized @Nullable Instant deadline() {
    return deadline;
  }

  @Override
  public void heartbeat() {
    requireWanted();
    heartbeats().beat();
  }

  @Override
  public void heartbeat(Object details) {
    // Its own class: what is read back is read as the class that the reader names.
    Payload payload = desk.payloads().encode(details, TypeRef.of(details.getClass()));
    heartbeat(payload);
  }

  @Override
  public <T> void heartbeat(T details, TypeRef<T> type) {
    heartbeat(desk.payloads().encode(details, type));
  }

  private void heartbeat(Payload details) {
    requireWanted();
    heartbeats().beat(details);
  }

  private void requireWanted() {
    String why = why();
    if (why != null) {
      throw new ActivityCancelledException(
          "the call is no longer wanted, activity="
              + activityName()
              + " instance="
              + instanceId()
              + ": "
              + why);
    }
  }

  @Override
  public <T> Optional<T> lastHeartbeat(TypeRef<T> type) {
    Payload last = row.heartbeat();
    return last == null
        ? Optional.empty()
        : Optional.ofNullable(desk.payloads().decode(last, type));
  }

  @Override
  public boolean isCancelled() {
    return why() != null;
  }

  /** Returns why it is to stop, null if it is not. */
  private @Nullable String why() {
    synchronized (this) {
      if (stop != null) {
        return stop;
      }
    }
    String reason = work.cancelReason();
    if (reason != null) {
      return reason.isEmpty() ? "cancelled" : reason;
    }
    if (work.isDropped()) {
      return "the orchestration has ended or gave it up";
    }
    return desk.isClosing() ? "the engine is closing" : null;
  }

  @Override
  public void onCancel(Runnable action) {
    Objects.requireNonNull(action, "action");
    synchronized (this) {
      if (!told) {
        listeners = listeners.isEmpty() ? new ArrayList<>() : listeners;
        listeners.add(action);
        return;
      }
    }
    run(action);
  }
}
