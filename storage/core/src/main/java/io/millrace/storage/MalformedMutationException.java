package io.millrace.storage;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that are no mutation of the family they were read as: damage, or a newer version's work.
 */
public final class MalformedMutationException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what was expected and what was found
   * @param cause what the decoder met, or null
   */
  public MalformedMutationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
