package io.millrace.buffer;

/** The level asked for can never be reached under the sync policy in force. */
public final class UnreachableDurabilityException extends BufferException {

  private static final long serialVersionUID = 1L;

  /** Makes one; the message names both and says what to change. */
  public UnreachableDurabilityException(String message) {
    super(message);
  }
}
