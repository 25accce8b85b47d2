package io.millrace.engine;

import io.millrace.storage.orchestration.Failure;

/**
 * A step that an orchestration awaits did not give a result. Carries the recorded failure; an
 * exception class of the activity's is never loaded. An orchestration may catch it and go on.
 */
public final class StepFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /**
   * Made by the engine.
   *
   * @param step what was awaited, in words
   * @param failure why it failed
   */
  public StepFailedException(String step, Failure failure) {
    super(text(step, failure));
    this.failure = failure;
  }

  private StepFailedException(Failure failure, String message) {
    super(message, null, false, false);
    this.failure = failure;
  }

  /**
   * Made by the engine where the user's code passes again through an earlier failure: one without a
   * stack trace, which is most of an exception's cost.
   *
   * @param step what was awaited, in words
   * @param failure why it failed
   */
  public static StepFailedException withoutTrace(String step, Failure failure) {
    return new StepFailedException(failure, text(step, failure));
  }

  private static String text(String step, Failure failure) {
    return step + " did not succeed: " + describe(failure);
  }

  /** Returns why the step failed. */
  public Failure failure() {
    return failure;
  }

  /** Says a failure in one line. */
  static String describe(Failure failure) {
    if (failure instanceof Failure.ApplicationFailure application) {
      return application.message().isEmpty()
          ? application.type()
          : application.type() + ": " + application.message();
    }
    if (failure instanceof Failure.TimedOut) {
      return "timed out: " + failure.message();
    }
    if (failure instanceof Failure.Cancelled) {
      return failure.message().isEmpty() ? "cancelled" : "cancelled: " + failure.message();
    }
    if (failure instanceof Failure.LimitExceeded limit) {
      return "limit " + limit.limit() + " exceeded: " + limit.message();
    }
    return failure.message();
  }
}
