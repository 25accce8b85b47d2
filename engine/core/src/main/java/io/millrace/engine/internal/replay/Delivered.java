package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What messages have brought the code so far, and whom they go to. One turn's thread. */
final class Delivered {

  private final Script script;

  /** By the number of the event that asked for it. */
  private @Nullable Step<?>[] steps;

  /** Shared and empty until there is one: most executions hear of no event. */
  private Map<String, Mailbox> mailboxes = Map.of();

  private final StateValues state = new StateValues();
  private @Nullable Payload input;
  private @Nullable String cancelReason;
  private boolean cancelPending;

  Delivered(Script script) {
    this.script = script;
    this.steps = new Step<?>[script.knownEvents() + 16];
  }

  /** Returns the input; null before the start. */
  @Nullable Payload input() {
    return input;
  }

  /** Returns the instance's key-values as the code sees them. */
  StateValues state() {
    return state;
  }

  /** Returns the reason if somebody asked the instance to stop, else null. */
  @Nullable String cancelReason() {
    return cancelReason;
  }

  /** Tells whether a request to stop came and nothing has thrown it yet. */
  boolean isCancelPending() {
    return cancelPending;
  }

  /** Tells whether the code has been told to stop. */
  boolean isCancelTold() {
    return cancelReason != null && !cancelPending;
  }

  /** The code is being told to stop. */
  void cancelTold() {
    cancelPending = false;
  }

  Mailbox mailbox(String event) {
    Mailbox mailbox = mailboxes.get(event);
    if (mailbox == null) {
      mailbox = new Mailbox(event);
      mailboxes = mailboxes.isEmpty() ? new HashMap<>(4) : mailboxes;
      mailboxes.put(event, mailbox);
    }
    return mailbox;
  }

  /** Returns the raised events that no wait took, oldest first. */
  List<HistoryEvent.EventRaised> unreadEvents() {
    return Mailbox.unreadOf(mailboxes.values());
  }

  /** Remembers the step that an action's messages are for. */
  void place(int action, Step<?> step) {
    if (action >= steps.length) {
      steps = Arrays.copyOf(steps, Math.max(action + 1, steps.length * 2));
    }
    steps[action] = step;
  }

  /** Hands a message to whom it is for. */
  void take(int event, HistoryEvent.Message message) throws Script.Inconsistent {
    if (message instanceof HistoryEvent.ActivityCompleted completed) {
      complete(event, step(completed.action(), CallStep.class, message), completed.result());
    } else if (message instanceof HistoryEvent.TimerFired fired) {
      fire(event, step(fired.action(), TimerStep.class, message));
    } else if (message instanceof HistoryEvent.EventRaised raised) {
      mailbox(raised.name()).raised(event, 0, raised);
    } else if (message instanceof HistoryEvent.ActivityFailed failed) {
      fail(event, step(failed.action(), CallStep.class, message), failed.failure());
    } else if (message instanceof HistoryEvent.ChildCompleted completed) {
      complete(event, step(completed.action(), ChildStep.class, message), completed.result());
    } else if (message instanceof HistoryEvent.ChildFailed failed) {
      fail(event, step(failed.action(), ChildStep.class, message), failed.failure());
    } else if (message instanceof HistoryEvent.CancelRequested cancel) {
      if (cancelReason == null) {
        cancelReason = cancel.reason();
        cancelPending = true;
      }
    } else if (message instanceof HistoryEvent.Started started) {
      begin(event, started);
    }
  }

  private void begin(int event, HistoryEvent.Started started) throws Script.Inconsistent {
    if (event != 0) {
      throw new Script.Inconsistent(
          input == null
              ? "expected the start of the execution as its first event, found it later"
              : "found a second start of the execution");
    }
    input = started.input();
    state.begin(started.keyValues());
    int sequence = 0;
    for (HistoryEvent.EventRaised carried : started.carried()) {
      mailbox(carried.name()).raised(event, sequence++, carried);
    }
  }

  private static void complete(int event, AnsweredStep<?> step, Payload result) {
    if (!step.done()) {
      step.completed(event, result);
    }
  }

  private static void fail(int event, AnsweredStep<?> step, Failure failure) {
    if (!step.done()) {
      step.fail(event, failure);
    }
  }

  private static void fire(int event, TimerStep timer) {
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
      HistoryEvent found = script.find(action);
      throw new Script.Inconsistent(
          "found "
              + EventText.of(message)
              + ", but event="
              + action
              + " is "
              + (step != null
                  ? step.describe()
                  : found instanceof HistoryEvent.Action
                      ? EventText.of(found)
                      : "no action of this execution"));
    }
    return kind.cast(step);
  }
}
