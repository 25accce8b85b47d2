package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.storage.RecordId;
import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal's records in order, as plain bytes, verifying each again; crosses segments and
 * generations. Belongs to one thread.
 */
public final class JournalTail implements Closeable {

  private final SegmentStorage storage;
  private final SegmentCatalog catalog;
  private final RecordAssembly record = new RecordAssembly();

  private SegmentCatalog.@Nullable Entry current;
  private @Nullable FrameScanner scanner;

  /** All records up to here were in the file when the scanner's buffer was filled. */
  private long freshThrough;

  private long position;
  private long epoch;
  private int checksum;

  JournalTail(SegmentStorage storage, SegmentCatalog catalog, RecordId after) {
    this.storage = storage;
    this.catalog = catalog;
    this.position = after.position();
    this.epoch = after.epoch();
    this.checksum = after.checksum();
  }

  /**
   * Moves to the next record, if there is one up to a limit. Does not wait.
   *
   * @param limitPosition the last position that may be read: the synced one (rule R1)
   * @return false if the next record's position is above the limit
   * @throws JournalCorruptException if a record at or below the limit is damaged or missing
   * @throws JournalFailedException if the disk refused
   */
  public boolean next(long limitPosition) throws JournalFailedException {
    long wanted = position + 1;
    if (wanted > limitPosition) {
      return false;
    }
    SegmentCatalog.Entry entry = catalog.holding(wanted);
    if (entry == null) {
      throw new JournalCorruptException(
          "no journal segment holds a record that was synced, position="
              + wanted
              + Refusals.WAY_OUT_OF_CORRUPTION);
    }
    try {
      FrameScanner frames = at(entry);
      if (wanted > freshThrough) {
        // What was read ahead may be older than the record.
        frames.refresh();
        freshThrough = limitPosition;
      }
      read(frames, entry, wanted);
    } catch (IOException e) {
      throw new JournalFailedException(
          "cannot read the journal, position="
              + wanted
              + " file="
              + storage.describe(entry.name())
              + ": "
              + e.getMessage(),
          e);
    }
    position = wanted;
    epoch = entry.name().generation();
    checksum = record.checksum();
    return true;
  }

  /**
   * Returns the position of the current record; before the first, that of the one it began after.
   */
  public long position() {
    return position;
  }

  /** Returns the identity of the current record; before the first, of the one it began after. */
  public RecordId id() {
    return new RecordId(position, epoch, checksum);
  }

  /** Returns the array that holds the current record's body, valid until the next call. */
  public byte[] bytes() {
    return record.bytes();
  }

  /** Returns where in {@link #bytes} the body begins. */
  public int offset() {
    return record.offset();
  }

  /** Returns the body's length in bytes. */
  public int length() {
    return record.length();
  }

  @Override
  public void close() throws IOException {
    FrameScanner open = scanner;
    scanner = null;
    current = null;
    if (open != null) {
      open.close();
    }
  }

  private FrameScanner at(SegmentCatalog.Entry entry) throws IOException {
    FrameScanner open = scanner;
    if (open != null && current != null && current.name().equals(entry.name())) {
      return open;
    }
    close();
    FrameScanner frames =
        new FrameScanner(storage.open(entry.name()), OptionalLong.of(entry.nonce()));
    scanner = frames;
    current = entry;
    freshThrough = 0;
    return frames;
  }

  private void read(FrameScanner frames, SegmentCatalog.Entry entry, long wanted)
      throws IOException, JournalCorruptException {
    long searchedFrom = frames.offset();
    record.reset();
    while (frames.next()) {
      if (frames.kind() != FrameLayout.RECORD || frames.position() < wanted) {
        continue;
      }
      if (frames.position() > wanted) {
        break;
      }
      if (record.add(frames)) {
        return;
      }
    }
    throw new JournalCorruptException(
        "a journal record that was synced is damaged or missing, position="
            + wanted
            + " file="
            + storage.describe(entry.name())
            + " expectedAtOffset="
            + searchedFrom
            + Refusals.WAY_OUT_OF_CORRUPTION);
  }
}
