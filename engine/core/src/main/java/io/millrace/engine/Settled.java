package io.millrace.engine;

import io.millrace.storage.orchestration.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How a step ended, as a value; see {@link OrchestrationContext#allSettled}.
 *
 * @param <T> what the step gives
 */
public sealed interface Settled<T extends @Nullable Object> {

  /**
   * It gave a result.
   *
   * @param value the result
   */
  record Succeeded<T extends @Nullable Object>(T value) implements Settled<T> {}

  /**
   * It failed, timed out or was cancelled.
   *
   * @param failure why
   */
  record Unsuccessful<T extends @Nullable Object>(Failure failure) implements Settled<T> {}
}
