package io.millrace.buffer.internal.journal;

/**
 * The journal's disk refused, or what it holds is damaged. Whoever gets it stops: nothing is tried
 * again (invariant I6). Checked, so that it cannot be overlooked.
 */
public class JournalFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what was being done, and where
   * @param cause the first fault
   */
  public JournalFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  JournalFailedException(String message) {
    super(message);
  }
}
