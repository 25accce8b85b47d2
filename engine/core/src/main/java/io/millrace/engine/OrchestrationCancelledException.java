package io.millrace.engine;

/**
 * Somebody asked this instance to stop. Thrown once, by the current {@link DurableFuture#await()},
 * even if what it awaits arrived with the request. Let it pass, and the instance ends as cancelled;
 * catch it to compensate first: the context works as before. What is still pending at the end is
 * cancelled by the engine.
 */
public final class OrchestrationCancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Made by the engine.
   *
   * @param reason as given, may be empty
   */
  public OrchestrationCancelledException(String reason) {
    super(reason.isEmpty() ? "cancelled" : "cancelled: " + reason);
    this.reason = reason;
  }

  /** Returns the reason as given; may be empty. */
  public String reason() {
    return reason;
  }
}
