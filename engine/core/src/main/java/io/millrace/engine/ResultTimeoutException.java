package io.millrace.engine;

/**
 * What was waited for did not come in the time given. Nothing is lost: the instance goes on, and a
 * later call can wait again.
 */
public final class ResultTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Made by the engine.
   *
   * @param message who waited for what, how long, and where the instance stands
   */
  public ResultTimeoutException(String message) {
    super(message);
  }
}
