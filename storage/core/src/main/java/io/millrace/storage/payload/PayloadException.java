package io.millrace.storage.payload;

import org.jspecify.annotations.Nullable;

/**
 * A value cannot become a payload, or a payload a value. The message names the type, says what is
 * wrong and what to do; it never shows what a payload holds. Nothing was written.
 */
public final class PayloadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public PayloadException(String message) {
    super(message);
  }

  /** Makes one with what was met underneath, or null. */
  public PayloadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
