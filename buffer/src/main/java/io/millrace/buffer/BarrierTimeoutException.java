package io.millrace.buffer;

import org.jspecify.annotations.Nullable;

/** A position did not become durable in the time given. */
public final class BarrierTimeoutException extends BufferException {

  private static final long serialVersionUID = 1L;

  /** Makes one; the message names position, level and what the stage is doing. */
  public BarrierTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
