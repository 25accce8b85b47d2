package io.millrace.buffer.internal.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes frames into a little-endian buffer. Allocates nothing. One thread. */
final class FrameEncoder {

  private final CRC32C crc = new CRC32C();

  /** A frame's first 32 bytes, with the nonce where magic and checksum stand. */
  private final byte[] head = new byte[FrameLayout.HEADER_BYTES];

  FrameEncoder(long nonce) {
    FrameLayout.LONGS.set(head, 0, nonce);
    head[FrameLayout.VERSION_OFFSET] = FrameLayout.VERSION;
  }

  /**
   * Writes one frame of a record at the buffer's position; there is room for it.
   *
   * @param part its index, with {@link FrameLayout#LAST_PART} in the last
   * @return its checksum
   */
  int record(
      ByteBuffer into, int part, long position, long synced, byte[] body, int offset, int length) {
    begin(FrameLayout.RECORD, part, position, synced);
    return finish(into, body, offset, length);
  }

  void mark(ByteBuffer into, long synced) {
    begin(FrameLayout.MARK, FrameLayout.LAST_PART, 0, synced);
    finish(into, head, 0, 0);
  }

  void header(ByteBuffer into, SegmentHeader header, long synced) {
    byte[] body = header.encode();
    begin(FrameLayout.HEADER, FrameLayout.LAST_PART, 0, synced);
    finish(into, body, 0, body.length);
  }

  private void begin(byte kind, int part, long position, long synced) {
    head[FrameLayout.KIND_OFFSET] = kind;
    FrameLayout.SHORTS.set(head, FrameLayout.PART_OFFSET, (short) part);
    FrameLayout.LONGS.set(head, FrameLayout.POSITION_OFFSET, position);
    FrameLayout.LONGS.set(head, FrameLayout.SYNCED_OFFSET, synced);
  }

  private int finish(ByteBuffer into, byte[] body, int offset, int length) {
    FrameLayout.INTS.set(head, FrameLayout.LENGTH_OFFSET, length);
    int from = head[FrameLayout.KIND_OFFSET] == FrameLayout.HEADER ? FrameLayout.LENGTH_OFFSET : 0;
    crc.reset();
    crc.update(head, from, FrameLayout.HEADER_BYTES - from);
    crc.update(body, offset, length);
    int checksum = (int) crc.getValue();
    into.putInt(FrameLayout.MAGIC);
    into.putInt(checksum);
    into.put(head, FrameLayout.LENGTH_OFFSET, FrameLayout.HEADER_BYTES - FrameLayout.LENGTH_OFFSET);
    into.put(body, offset, length);
    for (int pad = FrameLayout.align(length) - length; pad > 0; pad--) {
      into.put((byte) 0);
    }
    return checksum;
  }
}
