package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.Failure;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first of several: the part whose end stands first in history; of those that one event ends,
 * the first part.
 */
final class RaceStep<T extends @Nullable Object> extends Combination<T> {

  /** Whether it fails as the winner does. */
  private final boolean asWinner;

  /** Whether the others are given up when there is a winner. */
  private final boolean cancelsRest;

  private final Function<RaceStep<T>, T> result;
  private int winner = -1;

  RaceStep(
      TurnRun run,
      List<Step<?>> parts,
      boolean asWinner,
      boolean cancelsRest,
      Function<RaceStep<T>, T> result) {
    super(run, parts);
    this.asWinner = asWinner;
    this.cancelsRest = cancelsRest;
    this.result = result;
    if (cancelsRest) {
      run.begun(this);
    }
    evaluate();
    if (!done()) {
      parts.forEach(part -> part.addParent(this));
    }
  }

  /** Returns the winner's place among the parts, from 0; called only when done. */
  int winnerIndex() {
    return winner;
  }

  /** Returns the winner; called only when done. */
  Step<?> winner() {
    return parts.get(winner);
  }

  @Override
  void partDone(Step<?> part) {}

  @Override
  void evaluate() {
    for (int i = 0; i < parts.size(); i++) {
      Step<?> part = parts.get(i);
      if (part.done() && (winner < 0 || part.doneAt() < winner().doneAt())) {
        winner = i;
      }
    }
    if (winner >= 0) {
      succeed(winner().doneAt());
      if (cancelsRest) {
        run.giveUpLater(this);
      }
    }
  }

  boolean cancelsRest() {
    return cancelsRest;
  }

  /** Gives up the parts that are not done. */
  void cancelRest() {
    for (Step<?> part : parts) {
      part.cancelPending();
    }
  }

  @Override
  @Nullable Failure failure() {
    return done() && asWinner ? winner().failure() : null;
  }

  @Override
  T value() {
    return result.apply(this);
  }

  @Override
  Wake wake() {
    return new Wake.Any(pendingWakes());
  }

  @Override
  String culprit() {
    return done() ? winner().culprit() : describe();
  }

  @Override
  String describe() {
    return describeParts(cancelsRest ? "race" : "any");
  }
}
