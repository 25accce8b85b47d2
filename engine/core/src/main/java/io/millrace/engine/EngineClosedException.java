package io.millrace.engine;

import io.millrace.buffer.Kept;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The engine is closed or closing. {@link #kept()} and the message say whether the command had
 * become durable; where it had not, it may be repeated after reopening.
 */
public final class EngineClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kept kept;

  /**
   * Made by the engine.
   *
   * @param kept what became of the command
   * @param message says so in words
   * @param cause what says so further down, if anything does
   */
  public EngineClosedException(Kept kept, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kept = Objects.requireNonNull(kept, "kept");
  }

  /**
   * Returns what became of the command; of a wait for the end of an instance, what became of its
   * start. {@link Kept#NO} where nothing was handed in.
   */
  public Kept kept() {
    return kept;
  }
}
