package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The end of the journal. Belongs to the commit thread, but for what says otherwise. The thread is
 * never interrupted: an interrupt closes the file and fails the journal.
 *
 * <p>A record goes {@link #append} (staged in memory), {@link #write} (appended: survives a killed
 * process), {@link #force} (synced: survives power loss). After any failure every later call fails
 * with that first cause (invariant I6).
 */
public final class JournalWriter {

  private final SegmentStorage storage;
  private final SegmentCatalog catalog;
  private final UUID storeId;
  private final long epoch;
  private final long nonce;
  private final long copiedThrough;
  private final RecordId start;
  private final int recordBytesMax;
  private final int frameBytesMax;
  private final FrameEncoder encoder;
  private final ByteBuffer staging;

  // All written by: commit thread (at open: the opener).
  private @Nullable SegmentWriter segment;
  private boolean segmentHasRecords;
  private boolean unforced;
  private boolean sealed;
  private @Nullable Throwable failure;
  private long stagedPosition;
  private int stagedChecksum;
  private long appendedPosition;
  private int appendedChecksum;
  private long syncedPosition;

  /** The highest synced position that a frame in the journal carries. */
  private long recordedPosition;

  private volatile SegmentName upcoming;
  private volatile long bytesAppended;
  private volatile long forces;

  /**
   * Continues a journal in a generation of its own, made when the first record is written.
   *
   * @param start the record that the generation follows
   * @param copiedThrough the last position of those that will first be copied forward; {@code
   *     start.position()} if none
   */
  JournalWriter(
      JournalSetup setup, SegmentCatalog catalog, Life life, RecordId start, long copiedThrough) {
    this.storage = setup.storage();
    this.catalog = catalog;
    this.storeId = setup.storeId();
    this.epoch = life.epoch();
    this.nonce = life.nonce();
    this.start = start;
    this.copiedThrough = copiedThrough;
    this.recordBytesMax = setup.recordBytesMax();
    this.frameBytesMax = FrameLayout.frameBytesMax(storage);
    this.encoder = new FrameEncoder(nonce);
    this.staging = ByteBuffer.allocateDirect(frameBytesMax).order(ByteOrder.LITTLE_ENDIAN);
    this.upcoming = new SegmentName(epoch, 1);
    this.stagedPosition = start.position();
    this.stagedChecksum = start.checksum();
    this.appendedPosition = start.position();
    this.appendedChecksum = start.checksum();
    this.syncedPosition = start.position();
    this.recordedPosition = start.position();
  }

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
    requireUsable();
    if (position != stagedPosition + 1 || length < 1 || length > recordBytesMax) {
      throw new IllegalArgumentException(
          "expected position="
              + (stagedPosition + 1)
              + " and a length from 1 to "
              + recordBytesMax
              + ", position="
              + position
              + " length="
              + length);
    }
    int frameBytes = FrameLayout.align(FrameLayout.HEADER_BYTES + length);
    if (frameBytes > frameBytesMax) {
      appendInParts(position, body, offset, length);
      return;
    }
    if (staging.remaining() < frameBytes) {
      write();
    }
    stagedChecksum =
        encoder.record(
            staging, FrameLayout.LAST_PART, position, syncedPosition, body, offset, length);
    stagedPosition = position;
  }

  /** Hands all staged records to the segment: on return they are appended. */
  public void write() throws JournalFailedException {
    requireUsable();
    if (staging.position() == 0) {
      return;
    }
    try {
      makeRoom(staging.position());
      handOver();
    } catch (Throwable e) {
      throw failed("appending", e);
    }
  }

  /**
   * Forces all appended records: on return they are synced. Writes what is still staged first.
   * Blocks for the disk; does nothing, at no cost, if nothing was appended since the last force.
   */
  public void force() throws JournalFailedException {
    write();
    if (appendedPosition == syncedPosition) {
      return;
    }
    try {
      forceSegment();
    } catch (Throwable e) {
      throw failed("forcing", e);
    }
  }

  /**
   * Repeats the synced position in the journal if no frame carries it yet, so that the next opening
   * knows it; for a short idle. Not forced.
   *
   * @return whether a mark was written
   */
  public boolean mark() throws JournalFailedException {
    write();
    if (segment == null || recordedPosition >= syncedPosition) {
      return false;
    }
    try {
      makeRoom(FrameLayout.HEADER_BYTES);
      encoder.mark(staging, syncedPosition);
      handOver();
    } catch (Throwable e) {
      throw failed("marking", e);
    }
    return true;
  }

  /**
   * Forces everything, then a mark that says so; the orderly end. Nothing can be appended
   * afterwards. Idempotent.
   */
  public void seal() throws JournalFailedException {
    if (sealed) {
      return;
    }
    forceWithMark();
    sealed = true;
  }

  /** Returns the last record staged. Allocates. */
  public RecordId last() {
    return identity(stagedPosition, stagedChecksum);
  }

  /** Returns the last position appended. */
  public long appended() {
    return appendedPosition;
  }

  /** Returns the last position synced. A change of segment moves it too. */
  public long synced() {
    return syncedPosition;
  }

  /** Returns the segment that will be created next, to be prepared ahead. Any thread. */
  public SegmentName upcomingSegment() {
    return upcoming;
  }

  /** Returns how many bytes this life handed to segments, framing included. Any thread. */
  public long bytesAppended() {
    return bytesAppended;
  }

  /** Returns how often this life forced a segment. Any thread. */
  public long forces() {
    return forces;
  }

  /** Forces records and a mark that says so; the next opening then has nothing to copy. */
  void forceWithMark() throws JournalFailedException {
    force();
    mark();
    if (unforced) {
      try {
        forceSegment();
      } catch (Throwable e) {
        throw failed("forcing a mark", e);
      }
    }
  }

  /** Makes this life's generation at once, with its header forced. */
  void beginWithoutRecords() throws JournalFailedException {
    requireUsable();
    try {
      begin();
    } catch (Throwable e) {
      throw failed("beginning", e);
    }
  }

  /** Closes the file without forcing. */
  void close() throws IOException {
    sealed = true;
    SegmentWriter open = segment;
    segment = null;
    if (open != null) {
      open.close();
    }
  }

  private void appendInParts(long position, byte[] body, int offset, int length)
      throws JournalFailedException {
    write();
    try {
      // All parts lie in one segment, so that they are kept or cut together.
      makeRoom(FrameLayout.framedBytes(length, frameBytesMax));
      int perPart = frameBytesMax - FrameLayout.HEADER_BYTES;
      int folded = 0;
      int done = 0;
      for (int index = 0; done < length; index++) {
        int bytes = Math.min(perPart, length - done);
        int part = done + bytes == length ? index | FrameLayout.LAST_PART : index;
        int partChecksum =
            encoder.record(staging, part, position, syncedPosition, body, offset + done, bytes);
        folded = FrameLayout.foldChecksum(folded, partChecksum);
        done += bytes;
        if (done == length) {
          stagedPosition = position;
          stagedChecksum = folded;
        }
        handOver();
      }
    } catch (Throwable e) {
      throw failed("appending", e);
    }
  }

  private void handOver() throws IOException {
    int bytes = staging.position();
    staging.flip();
    unforced = true;
    open().append(staging);
    staging.clear();
    segmentHasRecords = true;
    appendedPosition = stagedPosition;
    appendedChecksum = stagedChecksum;
    recordedPosition = syncedPosition;
    countBytes(bytes);
  }

  private void makeRoom(long bytes) throws IOException {
    SegmentWriter open = segment;
    if (open == null) {
      begin();
    } else if (segmentHasRecords && open.remainingBytes() < bytes) {
      // The old file first: what is in it counts as synced once the new one's header says so.
      forceSegment();
      segment = null;
      open.close();
      begin();
    }
  }

  /** Makes the next segment; its header is on the disk before anything follows it. */
  private void begin() throws IOException {
    SegmentName name = upcoming;
    SegmentWriter created = storage.create(name);
    segment = created;
    segmentHasRecords = false;
    upcoming = name.next();
    ByteBuffer frame =
        ByteBuffer.allocateDirect(FrameLayout.headerFrameBytes()).order(ByteOrder.LITTLE_ENDIAN);
    RecordId predecessor = identity(appendedPosition, appendedChecksum);
    encoder.header(
        frame,
        new SegmentHeader(
            storeId, epoch, nonce, name.number(), predecessor, copiedThrough, created.fileBytes()),
        syncedPosition);
    created.append(frame.flip());
    countBytes(frame.limit());
    forceSegment();
    recordedPosition = syncedPosition;
    catalog.add(
        new SegmentCatalog.Entry(name, nonce, appendedPosition + 1, SegmentCatalog.OPEN_END));
  }

  private void forceSegment() throws IOException {
    countForce();
    open().force();
    unforced = false;
    syncedPosition = appendedPosition;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writing thread
  private void countForce() {
    forces++;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writing thread
  private void countBytes(int bytes) {
    bytesAppended += bytes;
  }

  private SegmentWriter open() {
    if (segment == null) {
      throw new IllegalStateException("no segment is open");
    }
    return segment;
  }

  private RecordId identity(long position, int checksum) {
    return position == start.position() ? start : new RecordId(position, epoch, checksum);
  }

  private void requireUsable() throws JournalFailedException {
    if (failure != null) {
      throw new JournalFailedException(
          "the journal failed earlier and takes nothing more; reopening recovers, cause=" + failure,
          failure);
    }
    if (sealed) {
      throw new IllegalStateException("the journal is closed");
    }
  }

  private JournalFailedException failed(String what, Throwable cause) {
    failure = cause;
    return new JournalFailedException(
        "the journal failed while "
            + what
            + " and takes nothing more; reopening recovers, appended="
            + appendedPosition
            + " synced="
            + syncedPosition
            + " cause="
            + cause,
        cause);
  }
}
