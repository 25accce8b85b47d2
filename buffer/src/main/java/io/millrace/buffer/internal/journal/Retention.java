package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import java.io.IOException;
import java.util.List;

/**
 * Which segments the store no longer needs (rule R9, invariant I5): those whose last position lies
 * strictly below the durable position, so that the durable record itself stays readable for the
 * pairing check (rule R7). Oldest first, never the active one. Belongs to the flush thread.
 */
public final class Retention {

  private final SegmentStorage storage;
  private final SegmentCatalog catalog;

  Retention(SegmentStorage storage, SegmentCatalog catalog) {
    this.storage = storage;
    this.catalog = catalog;
  }

  /** Returns what may go now, oldest first. Cheap. */
  public List<SegmentName> deletable(long durablePosition) {
    return catalog.below(durablePosition);
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
    List<SegmentName> names = deletable(durablePosition);
    for (SegmentName name : names) {
      try {
        storage.delete(name);
      } catch (IOException e) {
        throw new JournalFailedException(
            "cannot delete a journal segment that is no longer needed, file="
                + storage.describe(name),
            e);
      }
      catalog.remove(name);
    }
    return names.size();
  }

  /** Returns how many segments there are. Any thread. */
  public int segments() {
    return catalog.size();
  }
}
