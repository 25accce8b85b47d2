package io.millrace.buffer.internal.journal;

import io.millrace.storage.RecordId;
import java.io.Closeable;

/**
 * Reads the journal's records in order, as plain bytes, verifying each again; crosses segments and
 * generations. Belongs to one thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class JournalTail implements Closeable {

  JournalTail() {}

  /**
   * Moves to the next record, if there is one up to a limit. Does not wait.
   *
   * @param limitPosition the last position that may be read: the synced one (rule R1)
   * @return false if the next record's position is above the limit
   * @throws JournalCorruptException if a record at or below the limit is damaged or missing
   * @throws JournalFailedException if the disk refused
   */
  public boolean next(long limitPosition) throws JournalFailedException {
    throw new UnsupportedOperationException("journal is being built");
  }

  /**
   * Returns the position of the current record; before the first, that of the one it began after.
   */
  public long position() {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Returns the identity of the current record; before the first, of the one it began after. */
  public RecordId id() {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Returns the array that holds the current record's body, valid until the next call. */
  public byte[] bytes() {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Returns where in {@link #bytes} the body begins. */
  public int offset() {
    throw new UnsupportedOperationException("journal is being built");
  }

  /** Returns the body's length in bytes. */
  public int length() {
    throw new UnsupportedOperationException("journal is being built");
  }

  @Override
  public void close() {}
}
