package io.millrace.buffer;

import org.jspecify.annotations.Nullable;

/** A data directory could not be opened. The message says what was found, where, and what to do. */
public final class BufferOpenException extends BufferException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Makes one. */
  public BufferOpenException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns the kind of obstacle. */
  public Reason reason() {
    return reason;
  }

  /** Why a directory does not open. */
  public enum Reason {
    /** Something there is not ours, or the place cannot be written. */
    NOT_A_DATA_DIRECTORY,
    /** Another process, or another engine in this one, owns it. */
    LOCKED,
    /** A newer version wrote it. */
    NEWER_FORMAT,
    /** The JVM lacks flags that the chosen journal needs. */
    MISSING_JVM_FLAGS,
    /** Damage at or below what was synced. */
    CORRUPT,
    /** Journal and store do not belong together. */
    MISMATCHED_PAIR,
    /** Options that contradict each other. */
    BAD_OPTIONS,
    /** The operating system said no. */
    IO
  }
}
