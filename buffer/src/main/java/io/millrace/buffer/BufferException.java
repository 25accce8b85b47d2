package io.millrace.buffer;

import org.jspecify.annotations.Nullable;

/** What a buffer says to its callers. The subclass is the advice. */
public abstract sealed class BufferException extends RuntimeException
    permits BackpressureException,
        BarrierTimeoutException,
        BufferClosedException,
        BufferFailedException,
        BufferOpenException,
        RecordTooLargeException,
        UnreachableDurabilityException {

  private static final long serialVersionUID = 1L;

  BufferException(String message) {
    super(message);
  }

  BufferException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
