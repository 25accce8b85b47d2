package io.millrace.buffer;

/**
 * The buffer has failed and accepts nothing more. The cause is the first fault; reopening recovers
 * what was durable.
 */
public final class BufferFailedException extends BufferException {

  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public BufferFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
