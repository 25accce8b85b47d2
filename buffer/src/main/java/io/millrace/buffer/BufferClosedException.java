package io.millrace.buffer;

/** The buffer was closed; the message says whether the command had become durable. */
public final class BufferClosedException extends BufferException {

  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public BufferClosedException(String message) {
    super(message);
  }
}
