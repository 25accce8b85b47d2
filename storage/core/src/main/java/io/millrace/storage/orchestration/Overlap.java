package io.millrace.storage.orchestration;

/**
 * What a schedule does when its last instance still runs. The code of each is stored and never
 * reused.
 */
public enum Overlap {
  /** Lets the occurrence go by. */
  SKIP(1),
  /** Starts another beside it. */
  ALLOW(2),
  /** Cancels it, and starts another. */
  CANCEL_RUNNING(3);

  private final int code;

  Overlap(int code) {
    this.code = code;
  }

  /** Returns the stored form. */
  public int code() {
    return code;
  }

  /**
   * Reads the stored form.
   *
   * @throws IllegalArgumentException if no rule has that code
   */
  public static Overlap ofCode(int code) {
    for (Overlap overlap : values()) {
      if (overlap.code == code) {
        return overlap;
      }
    }
    throw new IllegalArgumentException("no overlap rule has code=" + code);
  }
}
