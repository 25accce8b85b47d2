package io.millrace.storage.orchestration;

/** How one execution of an instance ended. The code of each is stored and never reused. */
public enum ExecutionEnd {
  /** It went on as a new execution. */
  CONTINUED(1),
  /** It returned a result. */
  COMPLETED(2),
  /** It ended by an exception of its own. */
  FAILED(3),
  /** It ended because it was cancelled. */
  CANCELLED(4),
  /** It was ended from outside, without running any of its code. */
  TERMINATED(5);

  private final int code;

  ExecutionEnd(int code) {
    this.code = code;
  }

  /** Returns the stored form. */
  public int code() {
    return code;
  }

  /**
   * Reads the stored form.
   *
   * @throws IllegalArgumentException if no end has that code
   */
  public static ExecutionEnd ofCode(int code) {
    for (ExecutionEnd end : values()) {
      if (end.code == code) {
        return end;
      }
    }
    throw new IllegalArgumentException("no end of an execution has code=" + code);
  }
}
