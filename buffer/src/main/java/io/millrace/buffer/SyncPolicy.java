package io.millrace.buffer;

import java.time.Duration;

/**
 * When the journal is forced to the disk. Together with the {@link Durability} it decides what a
 * power cut can take.
 */
public sealed interface SyncPolicy {

  /** Forces at the end of every ring batch: group commit. The default. */
  static SyncPolicy everyBatch() {
    return new EveryBatch();
  }

  /**
   * Forces at most this long after an append; a call that waits for {@link Durability#SYNCED}
   * forces at once.
   *
   * @param interval from 1 ms to 10 s
   */
  static SyncPolicy every(Duration interval) {
    return new Every(interval);
  }

  /** Forces only before the store commits. {@link Durability#SYNCED} cannot be asked for. */
  static SyncPolicy never() {
    return new Never();
  }

  /** See {@link SyncPolicy#everyBatch}. */
  record EveryBatch() implements SyncPolicy {}

  /**
   * See {@link SyncPolicy#every}.
   *
   * @param interval from 1 ms to 10 s
   */
  record Every(Duration interval) implements SyncPolicy {

    /** Checks the range. */
    public Every {
      if (interval.compareTo(Duration.ofMillis(1)) < 0
          || interval.compareTo(Duration.ofSeconds(10)) > 0) {
        throw new IllegalArgumentException(
            "sync interval must lie between PT0.001S and PT10S, interval=" + interval);
      }
    }
  }

  /** See {@link SyncPolicy#never}. */
  record Never() implements SyncPolicy {}
}
