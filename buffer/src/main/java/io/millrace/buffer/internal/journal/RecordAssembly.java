package io.millrace.buffer.internal.journal;

import java.util.Arrays;

/**
 * Puts a record together from its frames (rule R8). A record of one frame is handed on as it lies
 * in the scanner's buffer. Grows only by what has been verified.
 */
final class RecordAssembly {

  private static final byte[] EMPTY = {};

  private byte[] parts = EMPTY;
  private int partsLength;
  private int nextPart;

  /** Whose parts these are, so that a part is never taken for one of the record before. */
  private long position;

  private byte[] bytes = EMPTY;
  private int offset;
  private int length;
  private int checksum;

  void reset() {
    nextPart = 0;
    partsLength = 0;
    checksum = 0;
  }

  /**
   * Takes the scanner's current frame, of the record's position.
   *
   * @return whether the record is now whole; a part out of turn is ignored
   */
  boolean add(FrameScanner frame) {
    if (frame.partIndex() == 0 || frame.position() != position) {
      reset();
      position = frame.position();
    }
    if (frame.partIndex() != nextPart) {
      return false;
    }
    nextPart++;
    checksum = FrameLayout.foldChecksum(checksum, frame.checksum());
    if (frame.lastPart() && nextPart == 1) {
      bytes = frame.bytes();
      offset = frame.bodyStart();
      length = frame.bodyLength();
      return true;
    }
    int grown = Math.addExact(partsLength, frame.bodyLength());
    if (grown > parts.length) {
      parts = Arrays.copyOf(parts, Math.max(grown, 2 * parts.length));
    }
    System.arraycopy(frame.bytes(), frame.bodyStart(), parts, partsLength, frame.bodyLength());
    partsLength = grown;
    bytes = parts;
    offset = 0;
    length = partsLength;
    return frame.lastPart();
  }

  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  int checksum() {
    return checksum;
  }
}
