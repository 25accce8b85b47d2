package io.millrace.buffer;

/** A write is larger than one record may be. Nothing of it was accepted; write less at once. */
public final class RecordTooLargeException extends BufferException {

  private static final long serialVersionUID = 1L;

  /** Makes one; the message names size and limit. */
  public RecordTooLargeException(String message) {
    super(message);
  }
}
