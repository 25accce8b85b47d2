package io.millrace.engine.internal.decide;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map from positive numbers to values, without boxing: linear probing, half full at most (a small
 * one three quarters), holes closed on removal. One thread. Iterates in an order that depends on
 * its past alone, so it is as deterministic as its user.
 *
 * @param <V> values
 */
final class LongMap<V> {

  private static final int CAPACITY_MIN = 8;

  /** Of an empty map, which is what most are in the end; never written to. */
  private static final long[] NO_KEYS = new long[1];

  private static final @Nullable Object[] NO_VALUES = new @Nullable Object[1];

  // written by: the owner's thread
  private long[] keys = NO_KEYS;
  private @Nullable Object[] values = NO_VALUES;
  private int size;

  int size() {
    return size;
  }

  @Nullable V get(long key) {
    int slot = slot(key);
    return keys[slot] == 0 ? null : value(slot);
  }

  void put(long key, V value) {
    if (key <= 0) {
      throw new IllegalArgumentException("expected a positive number, key=" + key);
    }
    if (keys.length < CAPACITY_MIN) {
      keys = new long[CAPACITY_MIN];
      values = new @Nullable Object[CAPACITY_MIN];
    }
    int slot = slot(key);
    if (keys[slot] == 0) {
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
    if (size > (keys.length == CAPACITY_MIN ? CAPACITY_MIN * 3 / 4 : keys.length / 2)) {
      grow();
    }
  }

  @Nullable V remove(long key) {
    int slot = slot(key);
    if (keys[slot] == 0) {
      return null;
    }
    V removed = value(slot);
    size--;
    close(slot);
    return removed;
  }

  void forEach(Consumer<? super V> action) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0) {
        action.accept(value(slot));
      }
    }
  }

  boolean noneMatch(Predicate<? super V> which) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0 && which.test(value(slot))) {
        return false;
      }
    }
    return true;
  }

  /** Moves back what was displaced over a slot that became free, so that no probe ends early. */
  private void close(int freed) {
    int mask = keys.length - 1;
    int hole = freed;
    for (int next = (hole + 1) & mask; keys[next] != 0; next = (next + 1) & mask) {
      int home = home(keys[next], mask);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        keys[hole] = keys[next];
        values[hole] = values[next];
        hole = next;
      }
    }
    keys[hole] = 0;
    values[hole] = null;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new @Nullable Object[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = home(key, mask);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int home(long key, int mask) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & mask;
  }

  @SuppressWarnings("unchecked")
  private V value(int slot) {
    return (V) Objects.requireNonNull(values[slot]);
  }
}
