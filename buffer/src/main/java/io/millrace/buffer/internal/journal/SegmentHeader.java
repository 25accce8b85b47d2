package io.millrace.buffer.internal.journal;

import io.millrace.storage.RecordId;
import java.util.UUID;

/**
 * The body of a segment's header frame (rule R3).
 *
 * <pre>
 *   0  store id, high half     32  segment number (int)
 *   8  store id, low half      36  predecessor's checksum (int)
 *  16  epoch                   40  predecessor's position
 *  24  nonce                   48  predecessor's epoch
 *                              56  position up to which this generation began with copies
 *                              64  how long the file is, bytes; since version 2
 * </pre>
 *
 * @param storeId the data directory it belongs to
 * @param epoch the process life that wrote it, and the name of its folder
 * @param nonce the epoch's random number
 * @param number the segment's, from 1
 * @param predecessor the record right before the first of this segment
 * @param copiedThrough the last record that the generation copied from its predecessors; {@code
 *     predecessor.position()} of its first segment if none. The generation counts only once one of
 *     its frames carries a synced position that reaches this
 * @param fileBytes how long the segment's file is from its first instant to its last; 0 if version
 *     1 wrote it, which did not say
 */
record SegmentHeader(
    UUID storeId,
    long epoch,
    long nonce,
    int number,
    RecordId predecessor,
    long copiedThrough,
    long fileBytes) {

  static final int BODY_BYTES = 72;
  static final int BODY_BYTES_V1 = 64;

  /** Returns how long the body of a version's header is. */
  static int bodyBytes(int version) {
    return version == 1 ? BODY_BYTES_V1 : BODY_BYTES;
  }

  byte[] encode() {
    byte[] body = new byte[BODY_BYTES];
    FrameLayout.LONGS.set(body, 0, storeId.getMostSignificantBits());
    FrameLayout.LONGS.set(body, 8, storeId.getLeastSignificantBits());
    FrameLayout.LONGS.set(body, 16, epoch);
    FrameLayout.LONGS.set(body, 24, nonce);
    FrameLayout.INTS.set(body, 32, number);
    FrameLayout.INTS.set(body, 36, predecessor.checksum());
    FrameLayout.LONGS.set(body, 40, predecessor.position());
    FrameLayout.LONGS.set(body, 48, predecessor.epoch());
    FrameLayout.LONGS.set(body, 56, copiedThrough);
    FrameLayout.LONGS.set(body, 64, fileBytes);
    return body;
  }

  /** Reads the body of a header frame that was checked, and is as long as its version says. */
  static SegmentHeader decode(FrameScanner frame) {
    byte[] bytes = frame.bytes();
    int offset = frame.bodyStart();
    return new SegmentHeader(
        new UUID(longAt(bytes, offset), longAt(bytes, offset + 8)),
        longAt(bytes, offset + 16),
        longAt(bytes, offset + 24),
        intAt(bytes, offset + 32),
        new RecordId(
            longAt(bytes, offset + 40), longAt(bytes, offset + 48), intAt(bytes, offset + 36)),
        longAt(bytes, offset + 56),
        frame.version() == 1 ? 0 : longAt(bytes, offset + 64));
  }

  private static long longAt(byte[] bytes, int offset) {
    return (long) FrameLayout.LONGS.get(bytes, offset);
  }

  private static int intAt(byte[] bytes, int offset) {
    return (int) FrameLayout.INTS.get(bytes, offset);
  }
}
