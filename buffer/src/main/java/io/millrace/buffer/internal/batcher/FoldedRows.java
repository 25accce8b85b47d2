package io.millrace.buffer.internal.batcher;

import io.millrace.storage.FormKey;
import java.util.Arrays;

/**
 * The rows that one batch changes, by key, in the order in which they were first met; of each the
 * place of its last form. Plain arrays, for there are a hundred thousand of them in a batch and
 * most are gone before it ends. One thread.
 */
final class FoldedRows {

  private static final int CAPACITY_MIN = 64;
  private static final int SMALL_BATCHES = 16;
  private static final int BORN_HERE = 1;
  private static final int THERE = 2;
  private static final int GROUP_SHIFT = 2;

  private int size;
  private int smallBatches;
  private long[] numbers = new long[CAPACITY_MIN];
  private long[] subs = new long[CAPACITY_MIN];
  private int[] marks = new int[CAPACITY_MIN];
  private int[] chunks = new int[CAPACITY_MIN];
  private int[] offsets = new int[CAPACITY_MIN];
  private int[] lengths = new int[CAPACITY_MIN];

  /** Row + 1, 0 where free; probed onwards, half full at most. A row that left keeps its slot. */
  private int[] index = new int[2 * CAPACITY_MIN];

  /** Returns how many rows were met, those that left included. */
  int size() {
    return size;
  }

  /** Returns the row under a key, or -1 if none is there. */
  int find(FormKey key) {
    int row = index[slot(key.group(), key.number(), key.sub())] - 1;
    return row >= 0 && isThere(row) ? row : -1;
  }

  /** Adds a row under a key that is not there. */
  int add(FormKey key, boolean bornHere) {
    if (size == numbers.length) {
      resize(2 * size);
    }
    int row = size++;
    numbers[row] = key.number();
    subs[row] = key.sub();
    marks[row] = key.group() << GROUP_SHIFT | THERE | (bornHere ? BORN_HERE : 0);
    index[slot(key.group(), key.number(), key.sub())] = row + 1;
    return row;
  }

  void place(int row, int chunk, int offset, int length) {
    chunks[row] = chunk;
    offsets[row] = offset;
    lengths[row] = length;
  }

  void remove(int row) {
    marks[row] &= ~THERE;
  }

  boolean isThere(int row) {
    return (marks[row] & THERE) != 0;
  }

  boolean isBornHere(int row) {
    return (marks[row] & BORN_HERE) != 0;
  }

  /** Says which key a row has; its kind means nothing. */
  void key(int row, FormKey into) {
    into.set(into.kind(), marks[row] >>> GROUP_SHIFT, numbers[row], subs[row]);
  }

  int chunk(int row) {
    return chunks[row];
  }

  int offset(int row) {
    return offsets[row];
  }

  int length(int row) {
    return lengths[row];
  }

  /** Forgets all rows, and gives room back that many batches in a row were far from needing. */
  void clear() {
    if (size == 0) {
      return;
    }
    smallBatches = size < numbers.length / 8 ? smallBatches + 1 : 0;
    size = 0;
    if (smallBatches >= SMALL_BATCHES && numbers.length > CAPACITY_MIN) {
      smallBatches = 0;
      resize(numbers.length / 2);
    } else {
      Arrays.fill(index, 0);
    }
  }

  private void resize(int capacity) {
    numbers = Arrays.copyOf(numbers, capacity);
    subs = Arrays.copyOf(subs, capacity);
    marks = Arrays.copyOf(marks, capacity);
    chunks = Arrays.copyOf(chunks, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    index = new int[2 * capacity];
    for (int row = 0; row < size; row++) {
      // Of two rows under one key the later one is found, as before.
      index[slot(marks[row] >>> GROUP_SHIFT, numbers[row], subs[row])] = row + 1;
    }
  }

  /** Returns where a key is, or where it would be. */
  private int slot(int group, long number, long sub) {
    int mask = index.length - 1;
    int slot = hash(group, number, sub) & mask;
    for (int row = index[slot] - 1; row >= 0; row = index[slot] - 1) {
      if (numbers[row] == number && subs[row] == sub && marks[row] >>> GROUP_SHIFT == group) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int hash(int group, long number, long sub) {
    long mixed = (number + (long) group * 0x632BE59BD9B4E019L) * 0x9E3779B97F4A7C15L + sub;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    return (int) (mixed >>> 32);
  }
}
