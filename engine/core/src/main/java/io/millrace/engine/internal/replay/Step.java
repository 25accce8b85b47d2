package io.millrace.engine.internal.replay;

import io.millrace.engine.DurableFuture;
import io.millrace.engine.StepFailedException;
import io.millrace.engine.internal.Failures;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A future of one turn: a step that was asked for, or a combination of such. Done from the moment
 * that the message that ends it is delivered, or that it is cancelled.
 *
 * @param <T> what it gives
 */
abstract class Step<T extends @Nullable Object> implements DurableFuture<T> {

  private static final int PENDING = -1;

  final TurnRun run;
  private int doneAt = PENDING;
  private @Nullable Failure failure;

  /** The combinations to tell; most steps have at most one. */
  private @Nullable Combination<?> firstParent;

  private @Nullable ArrayList<Combination<?>> otherParents;

  Step(TurnRun run) {
    this.run = run;
  }

  @Override
  public final T await() {
    run.settle(this);
    Failure why = failure();
    if (why != null) {
      throw run.isReplaying()
          ? StepFailedException.withoutTrace(culprit(), why, this::read)
          : Failures.withUserFrames(new StepFailedException(culprit(), why, this::read));
    }
    return value();
  }

  /** Reads the details of its failure, in the turn alone. */
  private Object read(Payload details, TypeRef<?> type) {
    run.check();
    return run.decode(details, type, doneAt);
  }

  @Override
  public final boolean isDone() {
    run.check();
    return done();
  }

  @Override
  public final void cancel() {
    run.check();
    cancelPending();
    run.evaluateAndGiveUp();
  }

  /** Returns the result; called only when done and not failed. */
  abstract T value();

  /** Gives it up, unless it is done. */
  abstract void cancelPending();

  /** It became part of a race, which may give it up. */
  void markRaced() {}

  /** Returns what can end it; called only when not done. */
  abstract Wake wake();

  /** Returns what it is, in words, for reports. */
  abstract String describe();

  /** Returns what failed, in words. */
  String culprit() {
    return describe();
  }

  /** Returns why it failed; null if it did not, or is not done. */
  @Nullable Failure failure() {
    return failure;
  }

  final boolean done() {
    return doneAt != PENDING;
  }

  /** Returns the number of the event that ended it; called only when done. */
  final int doneAt() {
    return doneAt;
  }

  /** Ends it well, and tells its parents. */
  final void succeed(int event) {
    doneAt = event;
    tellParents();
  }

  /** Ends it badly, and tells its parents. */
  final void fail(int event, Failure why) {
    failure = why;
    doneAt = event;
    tellParents();
  }

  final void addParent(Combination<?> parent) {
    if (firstParent == null) {
      firstParent = parent;
    } else {
      if (otherParents == null) {
        otherParents = new ArrayList<>(2);
      }
      otherParents.add(parent);
    }
  }

  private void tellParents() {
    if (firstParent != null) {
      firstParent.partDone(this);
      run.touch(firstParent);
    }
    if (otherParents != null) {
      for (Combination<?> parent : otherParents) {
        parent.partDone(this);
        run.touch(parent);
      }
    }
  }
}
