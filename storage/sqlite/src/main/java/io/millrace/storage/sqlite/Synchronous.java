package io.millrace.storage.sqlite;

/**
 * How often SQLite forces its files. There is no OFF, which could damage the file in a power cut,
 * and no name that SQLite would quietly take for another.
 */
public enum Synchronous {
  /**
   * Forces at checkpoints only: a commit survives a killed process, power loss may take the last
   * ones back. Right behind a journal, which brings them again.
   */
  NORMAL(1),
  /** Forces at each commit: what is committed survives power loss. */
  FULL(2),
  /** As {@link #FULL}; in write-ahead mode SQLite makes no difference. */
  EXTRA(3);

  private final int code;

  Synchronous(int code) {
    this.code = code;
  }

  /** Returns SQLite's number for it, which is what the setting reads back as. */
  public int code() {
    return code;
  }
}
