package io.millrace.engine.internal.replay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A future made of others. They tell it when they are done; it looks at them once all that happens
 * at the same moment has happened. Combinations look in the order in which they were made, so the
 * parts of each, made before it, have looked already.
 */
abstract class Combination<T extends @Nullable Object> extends Step<T>
    implements Comparable<Combination<?>> {

  final List<Step<?>> parts;
  private final int sequence;

  /** Whether a part ended since it looked last. */
  boolean touched;

  Combination(TurnRun run, List<Step<?>> parts) {
    super(run);
    this.parts = parts;
    this.sequence = run.nextCombination();
  }

  /** A part that was not done is done now. Told once for every place that the part has. */
  abstract void partDone(Step<?> part);

  /** Looks whether it is done; called only when it was not. */
  abstract void evaluate();

  @Override
  public final int compareTo(Combination<?> other) {
    return Integer.compare(sequence, other.sequence);
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return sequence;
  }

  @Override
  final void markRaced() {
    parts.forEach(Step::markRaced);
  }

  @Override
  final void cancelPending() {
    if (!done()) {
      for (Step<?> part : parts) {
        part.cancelPending();
      }
    }
  }

  /** Returns what can end each part that is not done. */
  final List<Wake> pendingWakes() {
    List<Wake> wakes = new ArrayList<>(parts.size());
    for (Step<?> part : parts) {
      if (!part.done()) {
        wakes.add(part.wake());
      }
    }
    return wakes;
  }

  /** Returns the parts in words: a few of them. */
  final String describeParts(String how) {
    StringBuilder text = new StringBuilder(how);
    int shown = Math.min(parts.size(), 3);
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "(" : ", ").append(parts.get(i).describe());
    }
    if (parts.size() > shown) {
      text.append(", and ").append(parts.size() - shown).append(" more");
    }
    return text.append(parts.isEmpty() ? "()" : ")").toString();
  }
}
