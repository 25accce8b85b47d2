package io.millrace.engine.internal.replay;

import io.millrace.engine.NondeterminismReport;
import io.millrace.engine.internal.Failures;
import io.millrace.storage.orchestration.Failure;
import org.jspecify.annotations.Nullable;

/** Why an instance is set aside. Neither its fault nor its end: other code may let it go on. */
public sealed interface QuarantineCause {

  /** Returns what is kept in the instance's row. */
  Failure toFailure();

  /**
   * The code does not fit the history.
   *
   * @param report where and how
   */
  record Nondeterministic(NondeterminismReport report) implements QuarantineCause {
    @Override
    public Failure toFailure() {
      return kept("nondeterminism", report.text(), null);
    }
  }

  /**
   * The history, or a value in it, cannot be read.
   *
   * @param event the number of the event
   * @param message what is wrong, and what to do
   * @param cause what the reader threw, or null
   */
  record UnreadableHistory(int event, String message, @Nullable Throwable cause)
      implements QuarantineCause {
    @Override
    public Failure toFailure() {
      return kept("unreadable history", message + ", event=" + event, cause);
    }
  }

  /**
   * The code cannot run, or asked for something that cannot be written down.
   *
   * @param message what is wrong, and what to do
   * @param cause what was thrown, or null
   */
  record UnusableCode(String message, @Nullable Throwable cause) implements QuarantineCause {
    @Override
    public Failure toFailure() {
      return kept("unusable code", message, cause);
    }
  }

  /**
   * The turn went past a limit.
   *
   * @param limit its name
   * @param message both numbers, and what to do
   */
  record TurnLimit(String limit, String message) implements QuarantineCause {
    @Override
    public Failure toFailure() {
      return new Failure.LimitExceeded(limit, message);
    }
  }

  private static Failure kept(String type, String message, @Nullable Throwable cause) {
    String stack = cause == null ? "" : Failures.of(cause).stackTrace();
    return new Failure.ApplicationFailure(
        type, Failures.bounded(message, Failures.STACK_CHARS_MAX), stack, null);
  }
}
