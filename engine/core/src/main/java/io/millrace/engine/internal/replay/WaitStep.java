package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A wait for an event, with a time limit or without. */
final class WaitStep<T extends @Nullable Object> extends Step<T> {

  private final Mailbox mailbox;
  private final TypeRef<T> type;
  private final int action;
  private @Nullable Payload data;
  private @Nullable TimerStep limit;
  private boolean raced;
  private String limitText = "";

  WaitStep(TurnRun run, Mailbox mailbox, TypeRef<T> type, int action) {
    super(run);
    this.mailbox = mailbox;
    this.type = type;
    this.action = action;
  }

  void limitBy(TimerStep timer, String text) {
    limit = timer;
    limitText = text;
  }

  /** Tells whether it may give up its place without anybody waking. */
  boolean isFickle() {
    return limit != null || raced;
  }

  @Override
  void markRaced() {
    raced = true;
  }

  /** Takes an event. */
  void received(int event, Payload payload) {
    data = payload;
    succeed(event);
    if (limit != null) {
      run.giveUpLater(limit);
    }
  }

  /** Its time limit passed: it gives up its place. */
  void timedOut(int event) {
    run.giveUpLater(action);
    fail(event, new Failure.TimedOut("no event within " + limitText));
  }

  @Override
  T value() {
    return run.decode(java.util.Objects.requireNonNull(data), type, doneAt());
  }

  @Override
  void cancelPending() {
    if (!done()) {
      fail(run.ledger().cancel(action), new Failure.Cancelled("the orchestration gave it up"));
      if (limit != null) {
        limit.cancelPending();
      }
    }
  }

  @Override
  Wake wake() {
    Wake raised = new Wake.Raised(mailbox.event(), mailbox.neededBy(this));
    return limit == null ? raised : new Wake.Any(List.of(raised, new Wake.TimeLimit(limit.action)));
  }

  @Override
  String describe() {
    return "event " + mailbox.event();
  }
}
