package io.millrace.engine;

import io.millrace.storage.orchestration.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How an instance ended.
 *
 * @param <R> what its orchestration returns
 */
public sealed interface Outcome<R extends @Nullable Object> {

  /**
   * It returned.
   *
   * @param value what it returned
   */
  record Completed<R extends @Nullable Object>(R value) implements Outcome<R> {}

  /**
   * It threw.
   *
   * @param failure what it threw
   */
  record Failed<R extends @Nullable Object>(Failure failure) implements Outcome<R> {}

  /**
   * It was asked to stop, and did.
   *
   * @param reason as given, may be empty
   */
  record Cancelled<R extends @Nullable Object>(String reason) implements Outcome<R> {}

  /**
   * It was ended from outside, without running any of its code.
   *
   * @param reason as given, may be empty
   */
  record Terminated<R extends @Nullable Object>(String reason) implements Outcome<R> {}
}
