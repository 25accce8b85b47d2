package io.millrace.engine.internal.decide;

import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.WakeWatch;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import org.jspecify.annotations.Nullable;

/**
 * One instance in memory. It changes by {@link #fold} alone, for decisions and for loads alike
 * (rule R15), but for what is not kept: the running turn, and what can wake the next one. Decide
 * thread.
 */
final class InstanceState {

  // written by: decide thread, in Residents
  @Nullable InstanceState older;
  @Nullable InstanceState newer;

  // written by: decide thread, in Shedding
  long weight;
  boolean surplus;
  @Nullable HistoryRequest reading;

  private final Gathering gathering = new Gathering();

  // written by: whoever loads, then the decide thread
  private InstanceView view;
  private @Nullable OrchestrationCode<?, ?> code;
  private InstanceRow row;
  private long position;
  private HistoryLog history = new HistoryLog();
  private Inbox inbox = new Inbox();
  private LongMap<ActivityWork> tasks = new LongMap<>();
  private @Nullable LongMap<OpenTimer> timers;
  private boolean cancelRequested;
  private @Nullable UnreadEvents unread;
  private @Nullable AttributesRow attributes;
  private OpenChildren children = new OpenChildren();
  private @Nullable WakeWatch watch;
  private long runningToken;
  private int taken;
  private boolean retry;
  private boolean waitsForCode;
  private Dozing.@Nullable Doze doze;
  private boolean unreadable;
  private boolean suspect;
  private int warnedExecution;
  private boolean askedForChildren;

  InstanceState(InstanceRow row, long position, @Nullable OrchestrationCode<?, ?> code) {
    this.row = row;
    this.position = position;
    this.code = code;
    this.view = new InstanceView(this, new InstanceView.Snapshot(row, position));
  }

  /** Lays a change over this; the only way in which what is kept of it changes. */
  void fold(RowMutation mutation) {
    if (mutation instanceof RowMutation.Insert insert) {
      put(insert.row());
    } else if (mutation instanceof RowMutation.Update update) {
      put(update.row());
    } else if (mutation instanceof RowMutation.Delete delete) {
      remove(delete.key());
    }
  }

  private void put(Row changed) {
    if (changed instanceof MessageRow message) {
      inbox.add(message);
      note(message.message());
    } else if (changed instanceof TaskRow task) {
      put(task);
    } else if (changed instanceof HistoryRow turn) {
      history.append(turn);
      for (int i = 0; i < turn.events().size(); i++) {
        Object event = turn.events().get(i);
        noteInHistory(turn.firstEvent() + i, event);
      }
    } else if (changed instanceof InstanceRow instance) {
      if (instance.execution() != row.execution()) {
        forgetExecution();
      }
      row = instance;
    } else if (changed instanceof AttributesRow said) {
      attributes = said;
    } else if (changed instanceof TimerRow timer) {
      if (timers == null) {
        timers = new LongMap<>();
      }
      timers.put(timer.number(), new OpenTimer(timer));
    }
  }

  private void put(TaskRow task) {
    ActivityWork open = tasks.get(task.number());
    if (open != null) {
      tasks.put(task.number(), open.with(task));
      return;
    }
    HistoryEvent event = history.event(task.action());
    if (!(event instanceof HistoryEvent.ActivityScheduled scheduled)) {
      throw new IllegalStateException(
          "expected an activity where the task points, task=" + task + " event=" + event);
    }
    tasks.put(
        task.number(),
        new ActivityWork(task, row.id(), scheduled.input(), scheduled.policy(), gathering));
  }

  private void remove(RowKey key) {
    switch (key.table()) {
      case INBOX -> inbox.remove(key.number());
      case TASKS -> tasks.remove(key.number());
      case TIMERS -> {
        if (timers != null) {
          timers.remove(key.number());
        }
      }
      case ATTRIBUTES -> attributes = null;
      default -> throw new IllegalStateException("nothing folds a delete of key=" + key);
    }
  }

  private void note(HistoryEvent.Message message) {
    if (message instanceof HistoryEvent.EventRaised raised) {
      unread().raised(raised);
    } else if (message instanceof HistoryEvent.Started started) {
      if (!started.carried().isEmpty()) {
        started.carried().forEach(unread()::raised);
      }
    } else if (message instanceof HistoryEvent.ChildCompleted child) {
      children.closed(child.action());
    } else if (message instanceof HistoryEvent.ChildFailed child) {
      children.closed(child.action());
    } else if (message instanceof HistoryEvent.CancelRequested) {
      cancelRequested = true;
    }
    if (watch != null) {
      watch.arrived(message);
    }
  }

  /** Events were counted when they came into the inbox; after a load they are counted here. */
  private void noteInHistory(int number, Object event) {
    if (event instanceof HistoryEvent.EventAwaited wait) {
      unread().awaited(number, wait.name());
    } else if (event instanceof HistoryEvent.CancelRequested) {
      cancelRequested = true;
    } else if (event instanceof HistoryEvent.ChildScheduled child) {
      askedForChildren |= !child.detached();
    } else if (event instanceof HistoryEvent.ActionCancelled cancelled) {
      children.closed(cancelled.action());
      if (history.event(cancelled.action()) instanceof HistoryEvent.EventAwaited wait) {
        unread().cancelled(cancelled.action(), wait.name());
      }
    }
  }

  private UnreadEvents unread() {
    UnreadEvents events = unread;
    if (events == null) {
      events = new UnreadEvents();
      unread = events;
    }
    return events;
  }

  /** The execution is over; what is in the inbox now is for the next one. */
  private void forgetExecution() {
    history = new HistoryLog();
    children = new OpenChildren();
    askedForChildren = false;
    unread = null;
    watch = null;
    cancelRequested = false;
    for (int i = 0; i < inbox.size(); i++) {
      note(inbox.get(i).message());
    }
  }

  /**
   * All that the store holds of this has been folded. Counts the events that earlier turns took,
   * and tells again the activities that were open when a cancel came.
   */
  void loaded() {
    int event = 0;
    int cancelledBefore = cancelRequested ? Integer.MAX_VALUE : 0;
    String reason = "";
    for (HistoryRow turn : history.snapshot()) {
      for (HistoryEvent taken : turn.events()) {
        if (taken instanceof HistoryEvent.Message message) {
          note(message);
        }
        if (taken instanceof HistoryEvent.CancelRequested cancel) {
          cancelledBefore = event;
          reason = cancel.reason();
        }
        event++;
      }
    }
    tellAgain(cancelledBefore, reason);
  }

  private void tellAgain(int cancelledBefore, String reason) {
    tasks.forEach(
        task -> {
          if (task.row().action() < cancelledBefore) {
            task.askCancel();
            task.cancel(reason);
          }
        });
  }

  InstanceView view() {
    return view;
  }

  /** Goes on with a view that clients have waited at while this was not in memory. */
  void show(InstanceView waitedAt) {
    waitedAt.arrives(this, view.snapshot());
    view = waitedAt;
  }

  /** Tells whether nothing of it runs or could run now, so that it may leave memory. */
  boolean isIdle() {
    return runningToken == 0
        && tasks.size() == 0
        && !retry
        && (inbox.size() == 0 || isQuarantined() || isPaused() || code == null);
  }

  /** Returns about how many bytes it holds for activities that have not ended. */
  long waitingBytes() {
    return tasks.size() == 0 || history.isShed() ? 0 : history.bytes();
  }

  /** Tells whether no turn of it could run now, so that its history may be in the store alone. */
  boolean canShed(int inboxMax) {
    return runningToken == 0
        && !retry
        && row.turnCrashes() == 0
        && (!isAwake(inboxMax) || isQuarantined() || isPaused() || code == null)
        && tasks.noneMatch(ActivityWork::isSuspect);
  }

  /** Its history, and with it what its activities are given, is in the store alone. */
  void shed() {
    tasks.forEach(task -> task.shed(history.turnOf(task.row().action())));
    history.shed();
  }

  @Nullable OrchestrationCode<?, ?> code() {
    return code;
  }

  InstanceRow row() {
    return row;
  }

  long number() {
    return row.number();
  }

  boolean isTerminal() {
    return row.status().isTerminal();
  }

  boolean isQuarantined() {
    return row.status() == InstanceStatus.QUARANTINED;
  }

  boolean isPaused() {
    return row.status() == InstanceStatus.PAUSED;
  }

  HistoryLog history() {
    return history;
  }

  Inbox inbox() {
    return inbox;
  }

  LongMap<ActivityWork> tasks() {
    return tasks;
  }

  @Nullable LongMap<OpenTimer> timers() {
    return timers;
  }

  @Nullable OpenTimer timer(long number) {
    return timers == null ? null : timers.get(number);
  }

  boolean cancelRequested() {
    return cancelRequested;
  }

  /** Returns how many raised events no wait has asked for. */
  int unreadEvents() {
    return unread == null ? 0 : unread.count();
  }

  /** Tells whether a wait is open that takes the next event of a name: it will not be unread. */
  boolean awaits(String event) {
    return unread != null && unread.isAwaited(event);
  }

  /** Returns about how many bytes those take. */
  long unreadEventBytes() {
    return unread == null ? 0 : unread.bytes();
  }

  /** Returns what the code has said about the instance, or null if nothing. */
  @Nullable AttributesRow attributes() {
    return attributes;
  }

  /** Tells whether the current execution has ever awaited a child. */
  boolean hasAskedForChildren() {
    return askedForChildren;
  }

  /** At a load: notes a child that has not ended, if the current execution awaits it. */
  void adopt(InstanceRow child) {
    if (child.parentAction() >= 0 && child.parentExecution() == row.execution()) {
      children.opened(child.parentAction(), child.number());
    }
  }

  /** Returns the children that this awaits. */
  OpenChildren children() {
    return children;
  }

  /**
   * Returns when the current execution began.
   *
   * @param otherwise what to return if no turn of it has completed
   */
  long startedAtMillis(long otherwise) {
    long first = history.startedAtMillis();
    return first == 0 ? otherwise : first;
  }

  /** Tells whether a message is for the execution that runs. */
  boolean takes(MessageRow message) {
    return message.execution() == 0 || message.execution() == row.execution();
  }

  /** Goes on with the code of another version. */
  void code(@Nullable OrchestrationCode<?, ?> next) {
    code = next;
  }

  long position() {
    return position;
  }

  void position(long at) {
    position = at;
  }

  long runningToken() {
    return runningToken;
  }

  /** A turn takes the first messages of the inbox and runs. */
  void turnReleased(long token, int messages) {
    runningToken = token;
    taken = messages;
    watch = null;
    retry = false;
  }

  /** The running turn is over, or nobody waits for it any more. */
  void turnOver() {
    suspect = false;
    runningToken = 0;
    taken = 0;
  }

  /** The process died when its turn ran last. */
  void suspect() {
    suspect = true;
  }

  /** Tells whether its next turn is to run alone (rule R28). */
  boolean isSuspect() {
    return suspect;
  }

  /** Returns how many messages the running turn took. */
  int taken() {
    return taken;
  }

  /** Says what can wake the next turn; what is in the inbox counts. */
  void watch(WakeWatch next) {
    watch = next;
    for (int i = 0; i < inbox.size() && !next.isFulfilled(); i++) {
      next.arrived(inbox.get(i).message());
    }
  }

  /** Tells whether a turn could do something, as far as that is known. */
  boolean isAwake(int inboxMax) {
    return inbox.size() > 0 && (watch == null || watch.isFulfilled() || inbox.size() >= inboxMax);
  }

  /** A turn is run whatever is in the inbox. */
  void stopWatching() {
    watch = null;
  }

  /** Returns its place among those who doze, or null. */
  Dozing.@Nullable Doze doze() {
    return doze;
  }

  void doze(Dozing.@Nullable Doze place) {
    doze = place;
  }

  /** A quarantined instance is to be tried once more. */
  void retry() {
    retry = true;
  }

  boolean isRetry() {
    return retry;
  }

  void noRetry() {
    retry = false;
  }

  /** Tells whether nobody has warned yet that this execution grows long. */
  boolean claimHistoryWarning() {
    boolean first = warnedExecution != row.execution();
    warnedExecution = row.execution();
    return first;
  }

  /** What the store holds of this could not be read; only its row is here. */
  void unreadable() {
    unreadable = true;
  }

  boolean isReadable() {
    return !unreadable;
  }

  boolean waitsForCode() {
    return waitsForCode;
  }

  void waitsForCode(boolean waits) {
    waitsForCode = waits;
  }

  /** It has ended: only what names it stays, until the store has it (rule R18). */
  void shrink() {
    history = new HistoryLog();
    inbox = new Inbox();
    tasks = new LongMap<>();
    timers = null;
    children = new OpenChildren();
    unread = null;
    watch = null;
    turnOver();
  }

  /** Returns a time that does not run backwards for this instance (rule R21). */
  long clamp(long atMillis) {
    return Math.max(atMillis, row.updatedAtMillis());
  }

  /** Returns the row as it becomes when it is set aside, held, or ended from outside. */
  InstanceRow rowWith(InstanceStatus status, long atMillis, @Nullable Failure failure) {
    return Rows.withTurnCrashes(
        Rows.after(row, row.turns(), row.events(), status, atMillis, null, failure),
        row.turnCrashes());
  }
}
