package io.millrace.storage.orchestration;

/** Where an instance stands. The code of each is part of the stored format and never reused. */
public enum InstanceStatus {
  /** Has work to do or waits for something. */
  RUNNING(1),
  /** Returned a result. */
  COMPLETED(2),
  /** Ended by an exception of its own. */
  FAILED(3),
  /** Ended because it was cancelled. */
  CANCELLED(4),
  /** Ended from outside, without running any of its code. */
  TERMINATED(5),
  /** Set aside: its code and its history do not fit, or its history cannot be read. */
  QUARANTINED(6),
  /** Held by an operator. */
  PAUSED(7);

  private static final InstanceStatus[] ALL = values();

  private final int code;

  InstanceStatus(int code) {
    this.code = code;
  }

  /** Returns the stored form. */
  public int code() {
    return code;
  }

  /** Tells whether the instance has ended for good. */
  public boolean isTerminal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED || this == TERMINATED;
  }

  /**
   * Reads the stored form.
   *
   * @throws IllegalArgumentException if no status has that code
   */
  public static InstanceStatus ofCode(int code) {
    for (InstanceStatus status : ALL) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("no status has code=" + code);
  }
}
