package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * Finds the valid frames in a segment's plain bytes, whatever lies between them. Magic, bounds and
 * checksum are verified before anything else is believed; what fails is skipped in steps of 4, what
 * holds is jumped over whole, so that a frame inside a payload is met only if the frame around it
 * is damaged. The buffer never outgrows {@link FrameLayout#FRAME_BYTES_MAX}, whatever a length
 * says.
 *
 * <p>One thread.
 */
public final class FrameScanner implements Closeable {

  private static final int FIRST_READ_BYTES = 1 << 13;
  private static final int LARGEST_READ_BYTES = 1 << 18;

  private final SegmentReader reader;
  private final CRC32C crc = new CRC32C();
  private final byte[] nonce = new byte[Long.BYTES];
  private final boolean seeded;

  private byte[] buffer = new byte[FIRST_READ_BYTES];
  private ByteBuffer view = ByteBuffer.wrap(buffer);
  private int readBytes = FIRST_READ_BYTES;

  /** Where in the file {@code buffer[0]} lies. */
  private long bufferOffset;

  /** The next byte to look at; a multiple of 4. */
  private int cursor;

  private int filled;

  private int frame;
  private long frameOffset;
  private int bodyLength;
  private int checksum;
  private int refusedFrames;
  private int sealedFrames;

  /**
   * Begins at the start of a segment.
   *
   * @param reader closed by {@link #close}
   * @param nonce the epoch's random number, to find records and marks; empty to find the header,
   *     which alone can be verified without. A header is never met with a nonce: one inside a
   *     payload must not speak for the segment
   */
  public FrameScanner(SegmentReader reader, OptionalLong nonce) {
    this.reader = reader;
    this.seeded = nonce.isPresent();
    FrameLayout.LONGS.set(this.nonce, 0, nonce.orElse(0));
  }

  /**
   * Moves to the next valid frame.
   *
   * @return false if there is none up to the end of the segment
   * @throws IOException if the disk refused
   */
  public boolean next() throws IOException {
    while (ensure(FrameLayout.HEADER_BYTES)) {
      if ((int) FrameLayout.INTS.get(buffer, cursor) == FrameLayout.MAGIC && accept()) {
        return true;
      }
      cursor += FrameLayout.ALIGNMENT;
      skipZeros();
    }
    return false;
  }

  /** Forgets what was read ahead, so that what has been appended since is seen. */
  void refresh() {
    bufferOffset += cursor;
    cursor = 0;
    filled = 0;
    readBytes = FIRST_READ_BYTES;
  }

  /** Returns where in the file the search goes on: right behind the current frame. */
  public long offset() {
    return bufferOffset + cursor;
  }

  /** Returns where in the file the current frame begins. */
  public long frameOffset() {
    return frameOffset;
  }

  public byte kind() {
    return buffer[frame + FrameLayout.KIND_OFFSET];
  }

  public byte version() {
    return buffer[frame + FrameLayout.VERSION_OFFSET];
  }

  public long position() {
    return (long) FrameLayout.LONGS.get(buffer, frame + FrameLayout.POSITION_OFFSET);
  }

  public long synced() {
    return (long) FrameLayout.LONGS.get(buffer, frame + FrameLayout.SYNCED_OFFSET);
  }

  public int partIndex() {
    return part() & FrameLayout.PART_INDEX_MASK;
  }

  public boolean lastPart() {
    return (part() & FrameLayout.LAST_PART) != 0;
  }

  public int checksum() {
    return checksum;
  }

  /** Returns what holds the current frame's body, until the next call. */
  public byte[] bytes() {
    return buffer;
  }

  public int bodyStart() {
    return frame + FrameLayout.HEADER_BYTES;
  }

  public int bodyLength() {
    return bodyLength;
  }

  /** Returns how many places had the magic and were no valid frame. */
  int refusedFrames() {
    return refusedFrames;
  }

  /** Returns how many places looked like a frame of the kind that is not searched for. */
  int sealedFrames() {
    return sealedFrames;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private int part() {
    return (short) FrameLayout.SHORTS.get(buffer, frame + FrameLayout.PART_OFFSET);
  }

  private boolean accept() throws IOException {
    int length = (int) FrameLayout.INTS.get(buffer, cursor + FrameLayout.LENGTH_OFFSET);
    byte kind = buffer[cursor + FrameLayout.KIND_OFFSET];
    if (length < 0
        || length > FrameLayout.FRAME_BYTES_MAX - FrameLayout.HEADER_BYTES
        || kind < FrameLayout.HEADER
        || kind > FrameLayout.MARK) {
      refusedFrames++;
      return false;
    }
    if (seeded == (kind == FrameLayout.HEADER)) {
      sealedFrames++;
      return false;
    }
    int frameBytes = FrameLayout.align(FrameLayout.HEADER_BYTES + length);
    if (!ensure(frameBytes) || !checksumHolds(kind, length)) {
      refusedFrames++;
      return false;
    }
    frame = cursor;
    frameOffset = bufferOffset + cursor;
    bodyLength = length;
    cursor += frameBytes;
    return true;
  }

  private boolean checksumHolds(byte kind, int length) {
    crc.reset();
    if (kind != FrameLayout.HEADER) {
      crc.update(nonce, 0, nonce.length);
    }
    crc.update(
        buffer,
        cursor + FrameLayout.LENGTH_OFFSET,
        FrameLayout.HEADER_BYTES - FrameLayout.LENGTH_OFFSET + length);
    checksum = (int) FrameLayout.INTS.get(buffer, cursor + FrameLayout.CHECKSUM_OFFSET);
    return checksum == (int) crc.getValue();
  }

  private void skipZeros() throws IOException {
    do {
      while (cursor + Long.BYTES <= filled && (long) FrameLayout.LONGS.get(buffer, cursor) == 0) {
        cursor += Long.BYTES;
      }
    } while (cursor + Long.BYTES > filled && ensure(FrameLayout.HEADER_BYTES));
  }

  /** Makes so many bytes from the cursor readable; false if the file ends before. */
  private boolean ensure(int bytes) throws IOException {
    if (filled - cursor >= bytes) {
      return true;
    }
    int kept = filled - cursor;
    int wanted = Math.max(bytes, readBytes);
    if (buffer.length < wanted) {
      buffer = Arrays.copyOfRange(buffer, cursor, cursor + wanted);
      view = ByteBuffer.wrap(buffer);
    } else {
      System.arraycopy(buffer, cursor, buffer, 0, kept);
    }
    bufferOffset += cursor;
    cursor = 0;
    filled = kept;
    readBytes = Math.min(2 * readBytes, LARGEST_READ_BYTES);
    while (filled < bytes) {
      view.limit(wanted).position(filled);
      int count = reader.read(view, bufferOffset + filled);
      if (count <= 0) {
        return false;
      }
      filled += count;
    }
    return true;
  }
}
