package io.millrace.engine.internal.replay;

import io.millrace.engine.NondeterminismReport;
import io.millrace.engine.OrchestrationCancelledException;
import io.millrace.engine.internal.Failures;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One run of the code through its history into a new turn. The code goes on until it awaits what is
 * not there; then the next recorded turn is opened and its messages delivered, and so on into the
 * new turn, at whose end the code is left by {@link TurnYield}. So at every line the code sees what
 * it saw when it passed there first: the messages of the turns up to that one.
 *
 * <p>Confined to the thread that made it.
 */
final class TurnRun {

  private final Turn turn;
  private final ValueCodec values;
  private final TurnLimits limits;
  private final Script script;
  private final boolean tracing;
  private final Thread owner = Thread.currentThread();

  private final ArrayList<HistoryEvent.Action> actions = new ArrayList<>();

  /** By the number of the event that asked for it. */
  private @Nullable Step<?>[] steps;

  private final Map<String, Mailbox> mailboxes = new HashMap<>(4);
  private final PriorityQueue<Combination<?>> touched = new PriorityQueue<>(2);
  private int combinations;

  /** What timed waits no longer need, in the order in which they ended. */
  private final ArrayList<Object> givenUp = new ArrayList<>(0);

  private @Nullable Payload input;
  private @Nullable String cancelReason;
  private boolean cancelPending;
  private @Nullable Step<?> blockedOn;
  private @Nullable QuarantineCause quarantine;
  private boolean left;
  private boolean over;
  private String leftAt = "";

  TurnRun(Turn turn, ValueCodec values, TurnLimits limits, boolean tracing) {
    this.turn = turn;
    this.values = values;
    this.limits = limits;
    this.script = new Script(turn);
    this.tracing = tracing;
    this.steps = new Step<?>[script.knownEvents() + 16];
  }

  // -- what the replayer asks

  /** Opens the first turn and returns the input. */
  <I extends @Nullable Object> I begin(TypeRef<I> type) {
    openNext();
    Payload payload = input;
    if (payload == null) {
      throw unreadable(0, "expected the start of the execution as its first event", null);
    }
    return decode(payload, type, 0);
  }

  void close() {
    over = true;
  }

  /** Returns what the code newly asked for, in order. */
  List<HistoryEvent.Action> actions() {
    return List.copyOf(actions);
  }

  /** Returns what the code waits for; null if it was not left by an await. */
  @Nullable Step<?> blockedOn() {
    return blockedOn;
  }

  @Nullable QuarantineCause quarantine() {
    return quarantine;
  }

  /** Returns where the code was left; known only to a tracing run. */
  String leftAt() {
    return leftAt;
  }

  /** Returns the reason if somebody asked the instance to stop, else null. */
  @Nullable String cancelReason() {
    return cancelReason;
  }

  /** Tells whether a request to stop came and no await has thrown it yet. */
  boolean isCancelPending() {
    return cancelPending;
  }

  /** Checks that the code's end is where history allows it: in the new turn. */
  void checkEnd(String how) {
    if (script.isReplaying()) {
      quarantine = new QuarantineCause.Nondeterministic(report("nothing more: " + how, ""));
    }
  }

  // -- what the context and the futures ask

  /** Lets only the turn's own thread pass, and only while the turn goes on. */
  void check() {
    if (left && !over && Thread.currentThread() == owner) {
      throw TurnYield.YIELD;
    }
    if (over || Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "an orchestration's context and futures belong to one turn and its thread; use them in"
              + " the orchestration itself, id="
              + turn.instanceId()
              + " turnOver="
              + over
              + " thread="
              + Thread.currentThread().getName());
    }
  }

  String instanceId() {
    return turn.instanceId();
  }

  int execution() {
    return turn.execution();
  }

  long nowMillis() {
    return script.atMillis();
  }

  boolean isReplaying() {
    return script.isReplaying();
  }

  boolean isAudible() {
    return !left && !over && !script.isReplaying();
  }

  Chance chance() {
    return new Chance(turn, script);
  }

  int nextCombination() {
    return combinations++;
  }

  Mailbox mailbox(String event) {
    Mailbox mailbox = mailboxes.get(event);
    if (mailbox == null) {
      mailbox = new Mailbox(event);
      mailboxes.put(event, mailbox);
    }
    return mailbox;
  }

  /** Asks for a call. Returns its event number. */
  int askCall(String activity, String tag, @Nullable Object given, TypeRef<?> type) {
    if (script.isReplaying()) {
      if (expected() instanceof HistoryEvent.ActivityScheduled scheduled
          && scheduled.activity().equals(activity)
          && scheduled.tag().equals(tag)) {
        return script.pass();
      }
      throw diverged(EventText.call(activity, tag));
    }
    Payload payload = encode(given, type, "the input of activity \"" + activity + "\"");
    return record(new HistoryEvent.ActivityScheduled(activity, tag, payload));
  }

  /** Asks for a timer. Returns its event number. */
  int askTimer(long fireAtMillis) {
    if (script.isReplaying()) {
      if (expected() instanceof HistoryEvent.TimerCreated) {
        return script.pass();
      }
      throw diverged(EventText.timer(fireAtMillis));
    }
    return record(new HistoryEvent.TimerCreated(fireAtMillis));
  }

  /** Asks for an event. Returns its event number. */
  int askEvent(String name) {
    if (script.isReplaying()) {
      if (expected() instanceof HistoryEvent.EventAwaited awaited && awaited.name().equals(name)) {
        return script.pass();
      }
      throw diverged(EventText.wait(name));
    }
    return record(new HistoryEvent.EventAwaited(name));
  }

  /** Gives up an earlier action. Returns the event number of that. */
  int askCancel(int action) {
    if (script.isReplaying()) {
      if (expected() instanceof HistoryEvent.ActionCancelled cancelled
          && cancelled.action() == action) {
        return script.pass();
      }
      throw diverged(EventText.cancel(action, script.find(action)));
    }
    return record(new HistoryEvent.ActionCancelled(action));
  }

  /** Remembers the step that an action's messages are for. */
  void place(int action, Step<?> step) {
    if (action >= steps.length) {
      steps = Arrays.copyOf(steps, Math.max(action + 1, steps.length * 2));
    }
    steps[action] = step;
  }

  /** Gives up a timer, or the wait of an action number, when the turn's messages are delivered. */
  void giveUpAfterDelivery(Object timerOrAction) {
    givenUp.add(timerOrAction);
  }

  /** A combination's part ended. */
  void touch(Combination<?> combination) {
    if (!combination.touched && !combination.done()) {
      combination.touched = true;
      touched.add(combination);
    }
  }

  /** Lets combinations look, each after those that it is made of. */
  void evaluateTouched() {
    for (Combination<?> next = touched.poll(); next != null; next = touched.poll()) {
      next.touched = false;
      if (!next.done()) {
        next.evaluate();
      }
    }
  }

  /** Goes on to the turn in which a step is done, or leaves the code. */
  void settle(Step<?> step) {
    check();
    deliverCancel();
    while (!step.done()) {
      if (script.isReplaying() && expected() != null) {
        throw diverged("nothing more in this turn: it waits for " + step.describe());
      }
      if (!openNext()) {
        blockedOn = step;
        throw leave();
      }
      deliverCancel();
    }
  }

  <T extends @Nullable Object> T decode(Payload payload, TypeRef<T> type, int event) {
    try {
      return values.decode(payload, type);
    } catch (RuntimeException e) {
      throw unreadable(event, "cannot read a value as " + type + ": " + Failures.line(e), e);
    }
  }

  Payload encode(@Nullable Object value, TypeRef<?> type, String what) {
    try {
      return values.encode(value, type);
    } catch (RuntimeException e) {
      String line = UserLine.current();
      throw quarantined(
          new QuarantineCause.UnusableCode(
              "cannot write "
                  + what
                  + (line.isEmpty() ? "" : " at " + line)
                  + ": "
                  + Failures.line(e),
              e));
    }
  }

  // -- delivery

  private boolean openNext() {
    int event = script.nextEvent();
    try {
      if (!script.openNext()) {
        return false;
      }
      for (HistoryEvent.Message message = script.nextMessage();
          message != null;
          message = script.nextMessage()) {
        deliver(event, message);
        event = script.nextEvent();
      }
    } catch (Script.Inconsistent e) {
      throw unreadable(event, e.getMessage(), null);
    }
    evaluateTouched();
    for (int i = 0; i < givenUp.size(); i++) {
      giveUp(givenUp.get(i));
    }
    givenUp.clear();
    return true;
  }

  private void giveUp(Object timerOrAction) {
    if (timerOrAction instanceof TimerStep timer) {
      timer.cancelPending();
    } else {
      askCancel((Integer) timerOrAction);
    }
  }

  private void deliver(int event, HistoryEvent.Message message) throws Script.Inconsistent {
    if (message instanceof HistoryEvent.ActivityCompleted completed) {
      CallStep<?> call = step(completed.action(), CallStep.class, message);
      if (!call.done()) {
        call.completed(event, completed.result());
      }
    } else if (message instanceof HistoryEvent.ActivityFailed failed) {
      CallStep<?> call = step(failed.action(), CallStep.class, message);
      if (!call.done()) {
        call.fail(event, failed.failure());
      }
    } else if (message instanceof HistoryEvent.TimerFired fired) {
      fire(event, step(fired.action(), TimerStep.class, message));
    } else if (message instanceof HistoryEvent.EventRaised raised) {
      mailbox(raised.name()).raised(event, raised.data());
    } else if (message instanceof HistoryEvent.CancelRequested cancel) {
      if (cancelReason == null) {
        cancelReason = cancel.reason();
        cancelPending = true;
      }
    } else if (message instanceof HistoryEvent.Started started) {
      if (event != 0) {
        throw new Script.Inconsistent("found a second start of the execution");
      }
      input = started.input();
    }
  }

  private void fire(int event, TimerStep timer) {
    if (!timer.done()) {
      timer.succeed(event);
      if (timer.limited != null && !timer.limited.done()) {
        timer.limited.timedOut(event);
      }
    }
  }

  private <S extends Step<?>> S step(int action, Class<S> kind, HistoryEvent.Message message)
      throws Script.Inconsistent {
    Step<?> step = action >= 0 && action < steps.length ? steps[action] : null;
    if (!kind.isInstance(step)) {
      throw new Script.Inconsistent(
          "found "
              + EventText.of(message)
              + ", but event="
              + action
              + " is "
              + (step == null ? "no action of this execution" : step.describe()));
    }
    return kind.cast(step);
  }

  private void deliverCancel() {
    if (cancelPending) {
      cancelPending = false;
      throw new OrchestrationCancelledException(cancelReason == null ? "" : cancelReason);
    }
  }

  // -- comparing and recording

  private @Nullable HistoryEvent expected() {
    try {
      return script.expected();
    } catch (Script.Inconsistent e) {
      throw unreadable(script.nextEvent(), e.getMessage(), null);
    }
  }

  private int record(HistoryEvent.Action action) {
    if (actions.size() >= limits.actionsMax()) {
      throw quarantined(
          new QuarantineCause.TurnLimit(
              "turnActionsMax",
              "a turn asked for more actions than turnActionsMax="
                  + limits.actionsMax()
                  + "; await some before asking for more, at "
                  + UserLine.current()));
    }
    actions.add(action);
    return script.pass();
  }

  private Error diverged(String found) {
    return quarantined(new QuarantineCause.Nondeterministic(report(found, UserLine.current())));
  }

  private NondeterminismReport report(String found, String line) {
    return Divergence.report(turn, script, found, line);
  }

  private Error unreadable(int event, @Nullable String message, @Nullable Throwable cause) {
    return quarantined(
        new QuarantineCause.UnreadableHistory(event, message == null ? "" : message, cause));
  }

  /**
   * Sets the instance aside. Returns what is to be thrown, which the code cannot catch for good.
   */
  private Error quarantined(QuarantineCause cause) {
    if (quarantine == null) {
      quarantine = cause;
    }
    return leave();
  }

  private Error leave() {
    left = true;
    if (tracing) {
      leftAt = UserLine.current();
    }
    return TurnYield.YIELD;
  }
}
