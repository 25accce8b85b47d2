package io.millrace.engine.internal.replay;

import io.millrace.engine.Settled;
import io.millrace.storage.orchestration.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All of several: done when all are, or, unless it settles, when one fails. */
final class JoinStep<T extends @Nullable Object> extends Combination<T> {

  /** Whether a part's failure is its own. */
  private final boolean untilFailure;

  private final Function<List<Step<?>>, T> result;
  private int pending;
  private boolean failureSeen;
  private @Nullable Step<?> failed;

  JoinStep(
      TurnRun run, List<Step<?>> parts, boolean untilFailure, Function<List<Step<?>>, T> result) {
    super(run, parts);
    this.untilFailure = untilFailure;
    this.result = result;
    begin();
  }

  /** Gives the parts' values, in order. */
  static List<@Nullable Object> values(List<Step<?>> parts) {
    List<@Nullable Object> values = new ArrayList<>(parts.size());
    for (Step<?> part : parts) {
      values.add(part.value());
    }
    return values;
  }

  /** Gives how each part ended, in order. */
  static List<Settled<@Nullable Object>> settled(List<Step<?>> parts) {
    List<Settled<@Nullable Object>> values = new ArrayList<>(parts.size());
    for (Step<?> part : parts) {
      Failure why = part.failure();
      values.add(
          why == null ? new Settled.Succeeded<>(part.value()) : new Settled.Unsuccessful<>(why));
    }
    return values;
  }

  private void begin() {
    for (Step<?> part : parts) {
      if (part.done()) {
        failureSeen |= part.failure() != null;
      } else {
        pending++;
        part.addParent(this);
      }
    }
    evaluate();
  }

  @Override
  void partDone(Step<?> part) {
    pending--;
    failureSeen |= part.failure() != null;
  }

  @Override
  void evaluate() {
    if (untilFailure && failureSeen) {
      Step<?> first = firstFailed();
      failed = first;
      fail(first.doneAt(), Objects.requireNonNull(first.failure()));
    } else if (pending == 0) {
      int last = 0;
      for (Step<?> part : parts) {
        last = Math.max(last, part.doneAt());
      }
      succeed(last);
    }
  }

  private Step<?> firstFailed() {
    @Nullable Step<?> first = null;
    for (Step<?> part : parts) {
      if (part.done()
          && part.failure() != null
          && (first == null || part.doneAt() < first.doneAt())) {
        first = part;
      }
    }
    return Objects.requireNonNull(first);
  }

  @Override
  T value() {
    return result.apply(parts);
  }

  @Override
  Wake wake() {
    return new Wake.All(pendingWakes(), untilFailure);
  }

  @Override
  String culprit() {
    return failed == null ? describe() : failed.culprit();
  }

  @Override
  String describe() {
    return describeParts(untilFailure ? "all" : "allSettled");
  }
}
