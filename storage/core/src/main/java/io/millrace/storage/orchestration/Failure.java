package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Why a step or an instance failed, as it is kept and as users see it. Immutable; holds no user
 * class.
 */
public sealed interface Failure {

  /** Returns one line for a person. */
  String message();

  /**
   * Returns what kind of failure this is, to filter and group by: the type of an {@link
   * ApplicationFailure}, the simple name of the record for every other.
   */
  default String kind() {
    return this instanceof ApplicationFailure application
        ? application.type()
        : getClass().getSimpleName();
  }

  /**
   * User code threw.
   *
   * @param type the exception's class name; never loaded
   * @param message its message, empty if it had none
   * @param stackTrace its stack as text, bounded
   * @param details what the user attached, or null
   */
  record ApplicationFailure(
      String type, String message, String stackTrace, @Nullable Payload details)
      implements Failure {}

  /**
   * A time limit passed first.
   *
   * @param message which limit, and how long it was
   */
  record TimedOut(String message) implements Failure {}

  /**
   * A child orchestration did not complete.
   *
   * @param childId the child's id
   * @param message its failure in one line
   * @param cause its failure
   */
  record ChildFailed(String childId, String message, Failure cause) implements Failure {}

  /**
   * A named limit was reached.
   *
   * @param limit its name
   * @param message both numbers
   */
  record LimitExceeded(String limit, String message) implements Failure {}

  /**
   * It was cancelled.
   *
   * @param message the reason given
   */
  record Cancelled(String message) implements Failure {}
}
