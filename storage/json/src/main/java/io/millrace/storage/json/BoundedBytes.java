package io.millrace.storage.json;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Takes bytes up to a limit and only counts what goes beyond, so that a refusal can say how many
 * there would have been.
 */
final class BoundedBytes extends OutputStream {

  private static final int FIRST_BYTES = 512;

  private final int max;
  private byte[] bytes;
  private long count;

  BoundedBytes(int max) {
    this.max = max;
    this.bytes = new byte[Math.min(FIRST_BYTES, max)];
  }

  @Override
  public void write(int b) {
    if (makeRoom(1)) {
      bytes[(int) count] = (byte) b;
    }
    count++;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    if (makeRoom(length)) {
      System.arraycopy(source, offset, bytes, (int) count, length);
    }
    count += length;
  }

  private boolean makeRoom(int length) {
    long needed = count + length;
    if (needed > max) {
      return false;
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(max, Math.max(needed, 2L * bytes.length)));
    }
    return true;
  }

  boolean isOver() {
    return count > max;
  }

  long count() {
    return count;
  }

  /** Returns what was written; only if it is not over. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, (int) count);
  }
}
