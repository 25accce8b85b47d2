package io.millrace.buffer.internal.batcher;

import io.millrace.storage.FormKey;
import java.util.Arrays;

/**
 * The rows that one batch changes, by key, in the order in which they were first met; of each the
 * place of its last form. A million mutations go through it in a batch, and what they cost is
 * mostly misses of the processor's cache. So what is looked at together lies together; keys that
 * were numbered one after the other are probed one beside the other; and the many rows that are
 * gone before the batch ends are cleared out whenever room runs short. One thread.
 */
final class FoldedRows {

  private static final int CAPACITY_MIN = 64;
  private static final int SMALL_BATCHES = 16;
  private static final int BORN_HERE = 1;
  private static final int THERE = 2;
  private static final int GROUP_SHIFT = 2;

  /** So many neighbours share a stretch of the index: one cache line. */
  private static final int NEIGHBOURS_SHIFT = 4;

  private static final int NEIGHBOUR_MASK = (1 << NEIGHBOURS_SHIFT) - 1;

  private static final int KEY_LONGS = 2;
  private static final int PLACE_INTS = 4;
  private static final int CHUNK = 1;
  private static final int OFFSET = 2;
  private static final int LENGTH = 3;

  private int size;
  private int gone;
  private int smallBatches;

  /** Of each row its number, then its sub. */
  private long[] keys = new long[KEY_LONGS * CAPACITY_MIN];

  /** Of each row its mark, then chunk, offset and length of its form. */
  private int[] places = new int[PLACE_INTS * CAPACITY_MIN];

  /** Row + 1, 0 where free; probed onwards, half full at most. A row that left keeps its slot. */
  private int[] index = new int[2 * CAPACITY_MIN];

  /** Where {@link #find} ended. */
  private int slot;

  /** Returns how many rows may be there: those that left are among them for a while. */
  int size() {
    return size;
  }

  /** Returns the row under a key, or -1 if none is there. */
  int find(FormKey key) {
    slot = slot(key.group(), key.number(), key.sub());
    int row = index[slot] - 1;
    return row >= 0 && isThere(row) ? row : -1;
  }

  /** Adds a row under the key that {@link #find} has just not found. */
  int add(FormKey key, boolean bornHere) {
    if (PLACE_INTS * size == places.length) {
      makeRoom();
      slot = slot(key.group(), key.number(), key.sub());
    }
    int row = size++;
    keys[KEY_LONGS * row] = key.number();
    keys[KEY_LONGS * row + 1] = key.sub();
    places[PLACE_INTS * row] = key.group() << GROUP_SHIFT | THERE | (bornHere ? BORN_HERE : 0);
    index[slot] = row + 1;
    return row;
  }

  void place(int row, int chunk, int offset, int length) {
    int at = PLACE_INTS * row;
    places[at + CHUNK] = chunk;
    places[at + OFFSET] = offset;
    places[at + LENGTH] = length;
  }

  void remove(int row) {
    places[PLACE_INTS * row] &= ~THERE;
    gone++;
  }

  boolean isThere(int row) {
    return (places[PLACE_INTS * row] & THERE) != 0;
  }

  boolean isBornHere(int row) {
    return (places[PLACE_INTS * row] & BORN_HERE) != 0;
  }

  /** Says which key a row has; its kind means nothing. */
  void key(int row, FormKey into) {
    into.set(into.kind(), group(row), keys[KEY_LONGS * row], keys[KEY_LONGS * row + 1]);
  }

  int chunk(int row) {
    return places[PLACE_INTS * row + CHUNK];
  }

  int offset(int row) {
    return places[PLACE_INTS * row + OFFSET];
  }

  int length(int row) {
    return places[PLACE_INTS * row + LENGTH];
  }

  /** Forgets all rows, and gives room back that many batches in a row were far from needing. */
  void clear() {
    if (size == 0) {
      return;
    }
    int capacity = places.length / PLACE_INTS;
    smallBatches = size < capacity / 8 ? smallBatches + 1 : 0;
    size = 0;
    gone = 0;
    if (smallBatches >= SMALL_BATCHES && capacity > CAPACITY_MIN) {
      smallBatches = 0;
      resize(capacity / 2);
    } else {
      Arrays.fill(index, 0);
    }
  }

  /** Clears out what is gone if that gains half the room, so that it pays; else grows. */
  private void makeRoom() {
    if (gone >= size / 2) {
      clearOut();
      Arrays.fill(index, 0);
      enterAll();
    } else {
      resize(2 * size);
    }
  }

  private void clearOut() {
    int kept = 0;
    for (int row = 0; row < size; row++) {
      if (isThere(row)) {
        System.arraycopy(keys, KEY_LONGS * row, keys, KEY_LONGS * kept, KEY_LONGS);
        System.arraycopy(places, PLACE_INTS * row, places, PLACE_INTS * kept, PLACE_INTS);
        kept++;
      }
    }
    size = kept;
    gone = 0;
  }

  private void resize(int capacity) {
    keys = Arrays.copyOf(keys, KEY_LONGS * capacity);
    places = Arrays.copyOf(places, PLACE_INTS * capacity);
    index = new int[2 * capacity];
    enterAll();
  }

  private void enterAll() {
    for (int row = 0; row < size; row++) {
      // Of two rows under one key the later one is found, as before.
      index[slot(group(row), keys[KEY_LONGS * row], keys[KEY_LONGS * row + 1])] = row + 1;
    }
  }

  private int group(int row) {
    return places[PLACE_INTS * row] >>> GROUP_SHIFT;
  }

  /** Returns where a key is, or where it would be. */
  private int slot(int group, long number, long sub) {
    int mask = index.length - 1;
    int at = hash(group, number, sub) & mask;
    for (int row = index[at] - 1; row >= 0; row = index[at] - 1) {
      if (keys[KEY_LONGS * row] == number
          && keys[KEY_LONGS * row + 1] == sub
          && group(row) == group) {
        return at;
      }
      at = (at + 1) & mask;
    }
    return at;
  }

  /** Mixes all but the lowest bits of the number, which only shift the place a little. */
  private static int hash(int group, long number, long sub) {
    long mixed = (number >>> NEIGHBOURS_SHIFT) + (long) group * 0x632BE59BD9B4E019L;
    mixed = mixed * 0x9E3779B97F4A7C15L + sub;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    int stretch = (int) (mixed >>> 32) & ~NEIGHBOUR_MASK;
    return stretch | ((int) number & NEIGHBOUR_MASK);
  }
}
