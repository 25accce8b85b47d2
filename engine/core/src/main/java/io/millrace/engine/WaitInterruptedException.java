package io.millrace.engine;

/**
 * The thread was interrupted while it waited for the engine. Its interrupt flag is set again. What
 * was asked may still happen.
 */
public final class WaitInterruptedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Made by the engine.
   *
   * @param message what was waited for
   * @param cause the interrupt
   */
  public WaitInterruptedException(String message, InterruptedException cause) {
    super(message, cause);
  }
}
