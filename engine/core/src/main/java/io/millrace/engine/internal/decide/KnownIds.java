package io.millrace.engine.internal.decide;

import java.util.ArrayList;
import java.util.List;

/**
 * Answers whether an id was ever used: "no" is certain, "yes" is right but for about one in a
 * hundred. A Bloom filter in blocks of one cache line, so that an answer costs one miss; when it is
 * full, a larger one is laid beside it. One thread at a time.
 */
public final class KnownIds {

  private static final int BLOCK_LONGS = 8;
  private static final int BITS_PER_ID = 16;
  private static final int PROBES = 6;
  private static final int FIRST_CAPACITY = 1 << 16;

  // written by: the decide thread, and before it the thread that opens
  private final List<Layer> layers = new ArrayList<>(2);

  /** Makes an empty one. */
  public KnownIds() {
    layers.add(new Layer(FIRST_CAPACITY));
  }

  /** Remembers an id. */
  public void add(String id) {
    Layer last = layers.get(layers.size() - 1);
    if (last.count >= last.capacity) {
      last = new Layer(last.capacity * 4);
      layers.add(last);
    }
    last.add(hash(id));
  }

  /** Tells whether the id may have been added. */
  public boolean mayContain(String id) {
    long hash = hash(id);
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (layers.get(i).mayContain(hash)) {
        return true;
      }
    }
    return false;
  }

  /** Returns how much memory this takes. */
  public long bytes() {
    long bytes = 0;
    for (Layer layer : layers) {
      bytes += 8L * layer.words.length;
    }
    return bytes;
  }

  /** Spreads all 64 bits; a String's own hash has only 32, and many collisions. */
  private static long hash(String id) {
    long hash = 0x9E3779B97F4A7C15L ^ id.length();
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0xD6E8FEB86659FD93L;
      hash ^= hash >>> 32;
    }
    hash *= 0xD6E8FEB86659FD93L;
    return hash ^ (hash >>> 29);
  }

  /** One filter of a fixed size. */
  private static final class Layer {
    final int capacity;
    final long[] words;
    final long blocks;
    // written by: the owner's thread
    int count;

    Layer(int capacity) {
      this.capacity = capacity;
      this.blocks = Math.max(1, (long) capacity * BITS_PER_ID / (64 * BLOCK_LONGS));
      this.words = new long[Math.toIntExact(blocks * BLOCK_LONGS)];
    }

    void add(long hash) {
      int block = block(hash);
      long bits = hash;
      for (int probe = 0; probe < PROBES; probe++) {
        words[block + (int) (bits & 7)] |= 1L << ((bits >>> 3) & 63);
        bits >>>= 9;
      }
      count++;
    }

    boolean mayContain(long hash) {
      int block = block(hash);
      long bits = hash;
      for (int probe = 0; probe < PROBES; probe++) {
        if ((words[block + (int) (bits & 7)] & (1L << ((bits >>> 3) & 63))) == 0) {
          return false;
        }
        bits >>>= 9;
      }
      return true;
    }

    /** Chooses by the upper half of another mix, so that block and bits are independent. */
    private int block(long hash) {
      long mixed = (hash * 0xC2B2AE3D27D4EB4FL) >>> 32;
      return (int) ((mixed * blocks) >>> 32) * BLOCK_LONGS;
    }
  }
}
