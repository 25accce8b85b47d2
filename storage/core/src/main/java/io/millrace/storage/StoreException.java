package io.millrace.storage;

import org.jspecify.annotations.Nullable;

/** Why a store could not do what it was asked. The subclass is the advice (rule R11). */
public abstract sealed class StoreException extends Exception {

  private static final long serialVersionUID = 1L;

  private StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** An outside process holds the store. Nothing changed; wait and repeat. */
  public static final class Busy extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Makes one; the message names the file and how long it was waited for. */
    public Busy(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * No space is left for the store. Nothing changed; make room, and the same call will go through.
   */
  public static final class Full extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Makes one; the message names the file. */
    public Full(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** One mutation cannot be applied to what is there. Nothing changed; repeating is useless. */
  public static final class Rejected extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Makes one; the message names table and key. */
    public Rejected(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The store is damaged, or what became of the call is unknown. Close it; opening anew finds out.
   * An implementation may say more in a class of its own: why a store does not open, for one.
   */
  public static non-sealed class Failed extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Makes one; the message names the file and what was being done. */
    public Failed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
