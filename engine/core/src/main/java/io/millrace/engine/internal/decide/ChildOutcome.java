package io.millrace.engine.internal.decide;

import io.millrace.engine.internal.Failures;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.payload.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/** What a parent hears of its child's end (C13). */
final class ChildOutcome {

  /** The chain that is kept, and room for those who put it into a failure of their own. */
  private static final int NESTING_MAX = RowMutationCodec.FAILURE_NESTING_MAX - 2;

  private ChildOutcome() {}

  /** Returns the message for the parent of an instance that has ended. */
  static HistoryEvent.Message of(InstanceRow ended) {
    int action = ended.parentAction();
    Payload output = ended.output();
    return output != null
        ? new HistoryEvent.ChildCompleted(action, output)
        : failed(action, ended.id(), Objects.requireNonNull(ended.failure(), "failure"));
  }

  /** Returns the message that a child did not complete. */
  static HistoryEvent.Message failed(int action, String childId, Failure cause) {
    return new HistoryEvent.ChildFailed(action, wrap(childId, cause));
  }

  /**
   * Wraps a cause. Of a chain that grows too long to be written down the middle goes: the first
   * causes, and the root of all.
   */
  private static Failure wrap(String childId, Failure cause) {
    Deque<Failure.ChildFailed> chain = new ArrayDeque<>();
    Failure root = cause;
    while (root instanceof Failure.ChildFailed link) {
      chain.addLast(link);
      root = link.cause();
    }
    while (chain.size() > NESTING_MAX) {
      chain.removeLast();
    }
    Failure whole = root;
    while (!chain.isEmpty()) {
      Failure.ChildFailed link = chain.removeLast();
      whole = new Failure.ChildFailed(link.childId(), link.message(), whole);
    }
    return new Failure.ChildFailed(
        childId, Failures.bounded(cause.message(), Failures.MESSAGE_CHARS_MAX), whole);
  }
}
