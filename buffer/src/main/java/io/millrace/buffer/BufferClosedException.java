package io.millrace.buffer;

import java.util.Objects;

/** The buffer was closed; {@link #kept()} says whether the command had become durable. */
public final class BufferClosedException extends BufferException {

  private static final long serialVersionUID = 1L;

  private final Kept kept;

  /** Makes one. */
  public BufferClosedException(Kept kept, String message) {
    super(message + ", kept=" + kept);
    this.kept = Objects.requireNonNull(kept, "kept");
  }

  /** Returns what became of the command. */
  public Kept kept() {
    return kept;
  }
}
