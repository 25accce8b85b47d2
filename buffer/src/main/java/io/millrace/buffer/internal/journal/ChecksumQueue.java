package io.millrace.buffer.internal.journal;

import io.millrace.storage.RecordId;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The identities of a dense run of records, 4 bytes each: positions count up, the epoch changes
 * seldom. Positions that are needed no more are dropped at the front.
 */
final class ChecksumQueue {

  private int[] checksums = new int[64];
  private int head;
  private int size;

  /** The position of the checksum at {@link #head}. */
  private long firstPosition;

  /** From which position on which epoch. */
  private final NavigableMap<Long, Long> epochs = new TreeMap<>();

  /** Starts anew behind a gap. */
  void restart(long nextPosition) {
    head = 0;
    size = 0;
    firstPosition = nextPosition;
    epochs.clear();
  }

  void add(RecordId id) {
    if (size == 0) {
      restart(id.position());
    }
    if (head + size == checksums.length) {
      makeRoom();
    }
    checksums[head + size] = id.checksum();
    size++;
    if (epochs.isEmpty() || epochs.lastEntry().getValue() != id.epoch()) {
      epochs.put(id.position(), id.epoch());
    }
  }

  /** Drops what lies below a position, but never the last. */
  void dropBelow(long position) {
    int dropped = (int) Math.max(0, Math.min(position - firstPosition, size - 1L));
    head += dropped;
    size -= dropped;
    firstPosition += dropped;
  }

  @Nullable RecordId at(long position) {
    if (position < firstPosition || position >= firstPosition + size) {
      return null;
    }
    return new RecordId(
        position,
        epochs.floorEntry(position).getValue(),
        checksums[head + (int) (position - firstPosition)]);
  }

  private void makeRoom() {
    if (head > checksums.length / 2) {
      System.arraycopy(checksums, head, checksums, 0, size);
    } else {
      checksums = Arrays.copyOfRange(checksums, head, head + 2 * size + 64);
    }
    head = 0;
  }
}
