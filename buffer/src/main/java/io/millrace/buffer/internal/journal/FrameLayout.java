package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentStorage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The form of a frame in a segment. Little-endian; every frame starts at a multiple of 4.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                             magic                             |  0
 *  +---------------------------------------------------------------+
 *  |            CRC32C of nonce, bytes 8..31, and body             |  4
 *  +---------------------------------------------------------------+
 *  |                    length of the body, bytes                  |  8
 *  +---------------+---------------+-------------------------------+
 *  |     kind      |    version    |L|        part index           | 12
 *  +---------------+---------------+-------------------------------+
 *  |                                                               | 16
 *  |               position of the record; 0 if none               |
 *  +---------------------------------------------------------------+
 *  |                                                               | 24
 *  |           position synced when the frame was written          |
 *  +---------------------------------------------------------------+
 *  |                        body, length bytes                    ...  32
 *  +---------------------------------------------------------------+
 *  |                   zeros up to a multiple of 4                ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The nonce is the random number of the epoch, 8 bytes fed to the checksum first, so that a
 * frame of another life inside a payload is not taken for one (rule R5); header frames carry it and
 * are checked without it. L marks the last part of a record; a record of one frame is part 0 and
 * last. What lies between frames belongs to the filling and is skipped in steps of 4.
 *
 * <p>A segment is: one {@link #HEADER} frame (see {@link SegmentHeader}), forced before anything
 * follows; then {@link #RECORD} frames in dense order, and {@link #MARK} frames between records.
 */
public final class FrameLayout {

  /** Not text, not a small number, not zero. */
  public static final int MAGIC = 0x4A_52_4D_9E;

  /** Opens a segment. */
  public static final byte HEADER = 1;

  /** Carries a record, or a part of one. */
  public static final byte RECORD = 2;

  /** Repeats the synced position, with no body. */
  public static final byte MARK = 3;

  /**
   * The form described here. A frame of a higher version was written by newer code. Since version 2
   * a segment's header says how long its file is; nothing else changed.
   */
  public static final byte VERSION = 2;

  public static final int MAGIC_OFFSET = 0;
  public static final int CHECKSUM_OFFSET = 4;
  public static final int LENGTH_OFFSET = 8;
  public static final int KIND_OFFSET = 12;
  public static final int VERSION_OFFSET = 13;
  public static final int PART_OFFSET = 14;
  public static final int POSITION_OFFSET = 16;
  public static final int SYNCED_OFFSET = 24;
  public static final int HEADER_BYTES = 32;

  /** Frames start at multiples of this. */
  public static final int ALIGNMENT = 4;

  /** The longest frame there may ever be, whatever the filling; bounds what a reader buffers. */
  public static final int FRAME_BYTES_MAX = 1 << 20;

  /** Set in the part field of a record's last frame. */
  static final int LAST_PART = 0x8000;

  static final int PART_INDEX_MASK = 0x7FFF;

  static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private FrameLayout() {}

  /** Returns a length rounded up to the alignment. */
  public static int align(int bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** Returns the longest frame that fits one append of a storage. */
  static int frameBytesMax(SegmentStorage storage) {
    return Math.min(FRAME_BYTES_MAX, storage.appendBytesMax()) & -ALIGNMENT;
  }

  /** Returns how long the frame of a segment's header is. */
  static int headerFrameBytes() {
    return headerFrameBytes(VERSION);
  }

  /** Returns how long it was in a version. */
  static int headerFrameBytes(int version) {
    return HEADER_BYTES + SegmentHeader.bodyBytes(version);
  }

  /** Returns a length that no segment's file was ever made shorter than: it takes two appends. */
  static int fileBytesMin() {
    return 2 * headerFrameBytes(1);
  }

  /** Returns how many bytes all frames of a record take. */
  static long framedBytes(int bodyBytes, int frameBytesMax) {
    int perPart = frameBytesMax - HEADER_BYTES;
    long fullParts = Math.max(0, (bodyBytes - 1) / perPart);
    long rest = bodyBytes - fullParts * perPart;
    return fullParts * frameBytesMax + align((int) rest + HEADER_BYTES);
  }

  /** Folds a part's checksum into the record's; a record of one part keeps its frame's. */
  static int foldChecksum(int folded, int partChecksum) {
    return 31 * folded + partChecksum;
  }
}
