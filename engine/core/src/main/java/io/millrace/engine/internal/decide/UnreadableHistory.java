package io.millrace.engine.internal.decide;

import io.millrace.engine.internal.Failures;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;

/** Is it one instance that cannot be read, or the store? And what is then written down. */
final class UnreadableHistory {

  private UnreadableHistory() {}

  /**
   * Reads the instance's row anew. The answer decides whether anything is written down.
   *
   * @throws StoreException if it is the store
   */
  static void requireReadable(OrchestrationStore store, long number) throws StoreException {
    try (OrchestrationReader again = store.read()) {
      again.instance(number);
    }
  }

  static Failure failure(Exception cause) {
    return new Failure.ApplicationFailure(
        "unreadable history",
        Failures.bounded(String.valueOf(cause.getMessage()), Failures.MESSAGE_CHARS_MAX),
        "",
        null);
  }
}
