package io.millrace.buffer.internal.batcher;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps copies of records, side by side in a few large arrays. They are kept for the next batch;
 * each batch that needs fewer gives one back. One thread.
 */
final class ByteChunks {

  private static final int CHUNK_BYTES = 1 << 18;

  private final List<byte[]> chunks = new ArrayList<>();
  private int used;
  private byte[] last = new byte[0];
  private int filled;

  /** Copies a slice behind the one before; returns where it begins in {@link #last}. */
  int add(byte[] bytes, int offset, int length) {
    if (last.length - filled < length) {
      next(length);
    }
    int at = filled;
    System.arraycopy(bytes, offset, last, at, length);
    filled += length;
    return at;
  }

  private void next(int length) {
    if (used == chunks.size()) {
      chunks.add(new byte[Math.max(CHUNK_BYTES, length)]);
    } else if (chunks.get(used).length < length) {
      chunks.set(used, new byte[length]);
    }
    last = chunks.get(used);
    used++;
    filled = 0;
  }

  /** Returns the array that holds what was added last. */
  byte[] last() {
    return last;
  }

  /** Returns the number of {@link #last}. */
  int lastIndex() {
    return used - 1;
  }

  byte[] get(int index) {
    return chunks.get(index);
  }

  void clear() {
    if (used > 0 && chunks.size() > used) {
      chunks.remove(chunks.size() - 1);
    }
    chunks.removeIf(chunk -> chunk.length > CHUNK_BYTES);
    used = 0;
    last = new byte[0];
    filled = 0;
  }
}
