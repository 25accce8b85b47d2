package io.millrace.engine;

import org.jspecify.annotations.Nullable;

/**
 * The engine is closed or closing. The message says whether the command had become durable; where
 * it had not, it may be repeated after reopening.
 */
public final class EngineClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Made by the engine. */
  public EngineClosedException(String message) {
    super(message);
  }

  /** Made by the engine, when something else made it close. */
  public EngineClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
