package io.millrace.engine;

/**
 * Thrown by {@link ActivityContext#heartbeat} when the call is no longer wanted: the activity
 * should clean up and end. If it lets this pass, the call ends as cancelled, not as failed.
 */
public final class ActivityCancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Made by the engine.
   *
   * @param message why it is no longer wanted
   */
  public ActivityCancelledException(String message) {
    super(message);
  }
}
