package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.Failure;
import org.jspecify.annotations.Nullable;

/** A timer: one that the code set, or one that limits a wait. */
final class TimerStep extends Step<Void> {

  final int action;

  /** The wait that ends when this fires; null for a timer of the user's. */
  final @Nullable WaitStep<?> limited;

  TimerStep(TurnRun run, int action, @Nullable WaitStep<?> limited) {
    super(run);
    this.action = action;
    this.limited = limited;
  }

  @Override
  @SuppressWarnings("NullAway") // null is the only value of Void
  Void value() {
    return null;
  }

  @Override
  void cancelPending() {
    if (!done()) {
      fail(run.ledger().cancel(action), new Failure.Cancelled("the orchestration gave it up"));
    }
  }

  @Override
  Wake wake() {
    return new Wake.Completion(action);
  }

  @Override
  String describe() {
    return "a timer";
  }
}
