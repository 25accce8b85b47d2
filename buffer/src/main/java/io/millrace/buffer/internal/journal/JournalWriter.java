package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.storage.RecordId;

/**
 * The end of the journal. Belongs to the commit thread, but for what says otherwise. The thread is
 * never interrupted: an interrupt closes the file and fails the journal.
 *
 * <p>A record goes {@link #append} (staged in memory), {@link #write} (appended: survives a killed
 * process), {@link #force} (synced: survives power loss). After any failure every later call fails
 * with that first cause (invariant I6).
 */
@SuppressWarnings("DoNotCallSuggester")
public final class JournalWriter {

  JournalWriter() {}

  /**
   * Stages one record. May hand earlier ones to the segment when the staging buffer is full, and
   * makes this life's generation at the first record (forcing its header and folder).
   *
   * @param position the one after the last staged
   * @param body holds the record, free to be reused on return
   * @param offset of its first byte
   * @param length from 1 to the record limit
   * @throws IllegalArgumentException on a wrong position or length; nothing changed
   * @throws JournalFailedException if the disk refused now or earlier
   */
  public void append(long position, byte[] body, int offset, int length)
      throws JournalFailedException {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Hands all staged records to the segment: on return they are appended. */
  public void write() throws JournalFailedException {
    throw new UnsupportedOperationException("journal is being built");
  }

  /**
   * Forces all appended records: on return they are synced. Writes what is still staged first.
   * Blocks for the disk; does nothing, at no cost, if nothing was appended since the last force.
   */
  public void force() throws JournalFailedException {
    throw new UnsupportedOperationException("journal is being built");
  }

  /**
   * Repeats the synced position in the journal if no frame carries it yet, so that the next opening
   * knows it; for a short idle. Not forced.
   *
   * @return whether a mark was written
   */
  public boolean mark() throws JournalFailedException {
    throw new UnsupportedOperationException("journal is being built");
  }

  /**
   * Forces everything, then a mark that says so; the orderly end. Nothing can be appended
   * afterwards. Idempotent.
   */
  public void seal() throws JournalFailedException {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Returns the last record staged. Allocates. */
  public RecordId last() {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Returns the last position appended. */
  public long appended() {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Returns the last position synced. */
  public long synced() {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Returns the segment that will be created next, to be prepared ahead. Any thread. */
  public SegmentName upcomingSegment() {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Returns how many bytes this life handed to segments, framing included. Any thread. */
  public long bytesAppended() {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Returns how often this life forced a segment. Any thread. */
  public long forces() {
    throw new UnsupportedOperationException("journal is being built");
  }
}
