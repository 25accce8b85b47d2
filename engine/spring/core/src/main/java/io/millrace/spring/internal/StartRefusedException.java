package io.millrace.spring.internal;

import org.jspecify.annotations.Nullable;

/** The application cannot start as it is; the message says what is wrong. */
final class StartRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * Makes one.
   *
   * @param action what to do, a sentence
   */
  StartRefusedException(String message, String action, @Nullable Throwable cause) {
    super(message, cause);
    this.action = action;
  }

  String action() {
    return action;
  }
}
