package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentName;
import java.util.List;

/**
 * Which segments the store no longer needs (rule R9, invariant I5): those whose last position lies
 * strictly below the durable position, so that the durable record itself stays readable for the
 * pairing check (rule R7). Oldest first, never the active one. Belongs to the flush thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Retention {

  Retention() {}

  /** Returns what may go now, oldest first. Cheap. */
  public List<SegmentName> deletable(long durablePosition) {
    throw new UnsupportedOperationException("journal is being built " + durablePosition);
  }

  /**
   * Deletes what may go.
   *
   * @param durablePosition the last position that the store keeps through power loss by itself;
   *     never merely what it committed
   * @return how many segments went
   * @throws JournalFailedException if the disk refused; may be tried again
   */
  public int deleteUpTo(long durablePosition) throws JournalFailedException {
    throw new UnsupportedOperationException("journal is being built " + durablePosition);
  }

  /** Returns how many segments there are. Any thread. */
  public int segments() {
    throw new UnsupportedOperationException("journal is being built");
  }
}
