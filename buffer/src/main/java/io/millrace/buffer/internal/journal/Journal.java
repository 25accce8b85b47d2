package io.millrace.buffer.internal.journal;

import io.millrace.buffer.BufferOpenException;
import io.millrace.storage.RecordId;
import java.io.IOException;

/**
 * One data directory's journal, recovered and open. Opening is recovery: when {@link #open}
 * returns, every surviving record is synced, whatever the page cache may have pretended before
 * (rule R6), and the journal belongs to the store (rule R7). Nothing is written by a life that
 * accepts nothing and finds nothing to copy.
 *
 * <p>Threads: {@link #open} and {@link #close} by the owner; {@link #writer()} belongs to the
 * commit thread, {@link #retention()} and each {@link #tail} to the flush thread.
 */
public final class Journal implements AutoCloseable {

  private final JournalSetup setup;
  private final SegmentCatalog catalog;
  private final JournalWriter writer;
  private final RecoveryReport report;
  private final Retention retention;

  Journal(JournalSetup setup, SegmentCatalog catalog, JournalWriter writer, RecoveryReport report) {
    this.setup = setup;
    this.catalog = catalog;
    this.writer = writer;
    this.report = report;
    this.retention = new Retention(setup.storage(), catalog);
  }

  /**
   * Recovers what is there and opens it. Blocks for reading, and for a few forces if records must
   * be copied forward.
   *
   * @param setup storage, identity, limits
   * @param applied what the store applied last, {@link RecordId#NONE} if nothing
   * @throws BufferOpenException CORRUPT if a synced record is damaged or missing; MISMATCHED_PAIR
   *     if the store does not belong to this journal; NEWER_FORMAT; IO. The message names file,
   *     position and offset, and the way out. Nothing was changed, but for a generation that may
   *     have been begun and does not count
   */
  public static Journal open(JournalSetup setup, RecordId applied) {
    return Recovery.open(setup, applied);
  }

  /**
   * Pairs a store with an empty journal (rule R7), so that the two open again. What had been
   * accepted and not applied is lost with the journal before; the caller says so. On return the
   * pairing survives power loss.
   *
   * @param setup storage with no segment in it, identity, limits
   * @param applied what the store applied last; not {@link RecordId#NONE}, which needs no pairing
   * @return the epoch drawn: well above the store's, because the lost journal may have known higher
   *     ones
   * @throws BufferOpenException MISMATCHED_PAIR if there are segments; IO
   */
  public static long restore(JournalSetup setup, RecordId applied) {
    return Recovery.restore(setup, applied);
  }

  /**
   * Begins an empty journal with records that were salvaged from another, so that it opens with the
   * store. On return it survives power loss, but for the names of its folders.
   *
   * @param setup storage with no segment in it, identity, limits
   * @param applied what the store applied last
   * @param from where the records come from
   * @param last the last of them, readable without a gap from the store's on; the store's position
   *     to take over none
   * @return the epoch drawn, well above all seen
   * @throws BufferOpenException IO
   */
  public static long rebuild(JournalSetup setup, RecordId applied, Salvage from, long last) {
    return Recovery.rebuild(setup, applied, from, last);
  }

  /** Returns what recovery found and did. Any thread. */
  public RecoveryReport report() {
    return report;
  }

  /** Returns the number of this life, above every one seen here before. Any thread. */
  public long epoch() {
    return report.epoch();
  }

  /** Returns the one writer. It belongs to the commit thread. */
  public JournalWriter writer() {
    return writer;
  }

  /**
   * Returns a new reader of the records after a given one, old generations first, going on into
   * this life's. It belongs to one thread, who closes it.
   *
   * @param after the store's applied record at open, or any later one
   */
  public JournalTail tail(RecordId after) {
    return new JournalTail(setup.storage(), catalog, after);
  }

  /** Returns what decides which segments may go. It belongs to the flush thread. */
  public Retention retention() {
    return retention;
  }

  /**
   * Closes the writer without forcing; call {@link JournalWriter#seal} first for an orderly end.
   * Leaves the storage open. Idempotent.
   *
   * @throws IOException if the file could not be closed
   */
  @Override
  public void close() throws IOException {
    writer.close();
  }
}
