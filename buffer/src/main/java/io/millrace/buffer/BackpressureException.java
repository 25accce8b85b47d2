package io.millrace.buffer;

/**
 * There is no room for a new command just now: the store lags, the ring is full, or the disk is
 * nearly so. Nothing was accepted; try later.
 */
public final class BackpressureException extends BufferException {

  private static final long serialVersionUID = 1L;

  /** Makes one; the message names the limit that was reached. */
  public BackpressureException(String message) {
    super(message);
  }
}
