package io.millrace.engine;

import io.millrace.storage.orchestration.Failure;

/**
 * Somebody asked for the result of an instance that ended without one: it failed, was cancelled or
 * was terminated. Carries the recorded failure.
 */
public final class OrchestrationFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String instanceId;
  private final transient Failure failure;

  /**
   * Made by the engine.
   *
   * @param instanceId the instance
   * @param failure why it has no result
   */
  public OrchestrationFailedException(String instanceId, Failure failure) {
    super(
        "instance did not complete, id="
            + instanceId
            + ": "
            + StepFailedException.describe(failure));
    this.instanceId = instanceId;
    this.failure = failure;
  }

  /** Returns the instance's id. */
  public String instanceId() {
    return instanceId;
  }

  /** Returns why the instance has no result. */
  public Failure failure() {
    return failure;
  }
}
