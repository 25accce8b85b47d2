package io.millrace.storage.sqlite;

import io.millrace.storage.StoreException;
import org.jspecify.annotations.Nullable;

/** A store did not open. The message says what was found, where, and what to do. */
public final class SqliteOpenException extends StoreException.Failed {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Makes one. */
  public SqliteOpenException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns the kind of obstacle. */
  public Reason reason() {
    return reason;
  }

  /** Why a store does not open. */
  public enum Reason {
    /** The path cannot hold a store: no directory above it, or a name that SQLite would misread. */
    BAD_PATH,
    /** The file is no SQLite database, or one of another program. */
    NOT_A_STORE,
    /** The file is a store, but not the one that was asked for. */
    OTHER_STORE,
    /** A newer version wrote it. */
    NEWER_SCHEMA,
    /** The tables could not be created or brought up to date. */
    BAD_MIGRATION,
    /** The file is damaged. */
    DAMAGED,
    /** An outside process holds it. */
    BUSY,
    /** SQLite did not take a setting, or is too old. */
    BAD_SETTING,
    /** SQLite's native library could not be loaded. */
    NATIVE_LIBRARY,
    /** The operating system said no. */
    IO
  }
}
