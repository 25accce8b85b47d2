package io.millrace.engine;

/**
 * The store could not be read. Nothing is lost, and what is being written goes on; the cause says
 * whether trying again helps.
 */
public final class StoreUnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Made by the engine.
   *
   * @param message what was being read
   * @param cause what the store said
   */
  public StoreUnreadableException(String message, Throwable cause) {
    super("the store could not be read while " + message + ": " + cause.getMessage(), cause);
  }
}
