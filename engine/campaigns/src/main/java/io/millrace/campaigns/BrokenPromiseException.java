package io.millrace.campaigns;

import org.jspecify.annotations.Nullable;

/** A campaign found what must not be. The message names the seed that finds it again. */
public final class BrokenPromiseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public BrokenPromiseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
