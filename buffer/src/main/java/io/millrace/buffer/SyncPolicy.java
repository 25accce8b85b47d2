package io.millrace.buffer;

import java.time.Duration;

/**
 * When the journal is forced to the disk. Together with the {@link Durability} it decides what a
 * power cut can take.
 */
public sealed interface SyncPolicy {

  /**
   * Forces at the end of every ring batch: group commit. The default. At the level {@link
   * Durability#SYNCED} and above a batch that nobody waits for, neither a caller nor an effect, is
   * forced with the next one, a millisecond later at most.
   */
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

  /**
   * Reads {@code everyBatch}, {@code every(10ms)} or {@code never}. {@link #text} writes the same
   * form.
   *
   * @throws IllegalArgumentException if it is none; says what is expected
   */
  static SyncPolicy parse(String text) {
    return BufferSettings.SYNC_POLICY.parse(text);
  }

  /** Returns the form that {@link #parse} reads. */
  default String text() {
    return PolicyText.text(this);
  }

  /** See {@link SyncPolicy#everyBatch}. */
  record EveryBatch() implements SyncPolicy {
    @Override
    public String toString() {
      return text();
    }
  }

  /**
   * See {@link SyncPolicy#every}.
   *
   * @param interval from 1 ms to 10 s
   */
  record Every(Duration interval) implements SyncPolicy {

    /** Checks the range. */
    public Every {
      Ranges.inRange("syncPolicy.every", interval, Duration.ofMillis(1), Duration.ofSeconds(10));
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** See {@link SyncPolicy#never}. */
  record Never() implements SyncPolicy {
    @Override
    public String toString() {
      return text();
    }
  }
}
