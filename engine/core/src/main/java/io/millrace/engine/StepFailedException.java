package io.millrace.engine;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A step that an orchestration awaits did not give a result. Carries the recorded failure; an
 * exception class of the activity's is never loaded. An orchestration may catch it and go on.
 */
public final class StepFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final transient BiFunction<Payload, TypeRef<?>, Object> reader;

  /**
   * Made by the engine.
   *
   * @param step what was awaited, in words
   * @param failure why it failed
   * @param reader reads details
   */
  public StepFailedException(
      String step, Failure failure, BiFunction<Payload, TypeRef<?>, Object> reader) {
    super(text(step, failure));
    this.failure = failure;
    this.reader = reader;
  }

  private StepFailedException(
      Failure failure, String message, BiFunction<Payload, TypeRef<?>, Object> reader) {
    super(message, null, false, false);
    this.failure = failure;
    this.reader = reader;
  }

  /**
   * Made by the engine where the user's code passes again through an earlier failure: one without a
   * stack trace, which is most of an exception's cost.
   *
   * @param step what was awaited, in words
   * @param failure why it failed
   * @param reader reads details
   */
  public static StepFailedException withoutTrace(
      String step, Failure failure, BiFunction<Payload, TypeRef<?>, Object> reader) {
    return new StepFailedException(failure, text(step, failure), reader);
  }

  private static String text(String step, Failure failure) {
    return step + " did not succeed: " + describe(failure);
  }

  /** Returns why the step failed. */
  public Failure failure() {
    return failure;
  }

  /** As {@link #details(TypeRef)}, for a type without type arguments. */
  public <T> Optional<T> details(Class<T> type) {
    return details(TypeRef.of(type));
  }

  /**
   * Returns the details that the activity, or the child however deep, attached to its failure with
   * a {@link DetailedException}; empty if there are none. For the orchestration that awaited, while
   * its turn goes on; details that cannot be read as the type set it aside, as a result would.
   *
   * @throws IllegalStateException if the turn is over or this is another thread
   */
  @SuppressWarnings("unchecked") // read as that type
  public <T> Optional<T> details(TypeRef<T> type) {
    Failure at = failure;
    while (at instanceof Failure.ChildFailed child) {
      at = child.cause();
    }
    return at instanceof Failure.ApplicationFailure application && application.details() != null
        ? Optional.of((T) reader.apply(application.details(), type))
        : Optional.empty();
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
