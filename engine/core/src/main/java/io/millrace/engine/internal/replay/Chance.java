package io.millrace.engine.internal.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Randomness that repeats at every replay: a function of the execution's identity, the number of
 * the next event, and how often it was asked since the last one. So a change of the code shifts
 * only what lies between two events. The identity holds the instance's number and the time of its
 * first turn beside its id: an id that is used again, here or in another data directory, sees other
 * numbers.
 */
final class Chance implements RandomGenerator {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final Turn turn;
  private final Script script;
  private boolean keyed;
  private long keyHigh;
  private long keyLow;
  private int event = -1;
  private int draw;

  Chance(Turn turn, Script script) {
    this.turn = turn;
    this.script = script;
  }

  @Override
  public long nextLong() {
    step();
    return mix(keyLow + place());
  }

  /** Returns a UUID of version 8, which is the version for schemes of one's own. */
  UUID nextUuid() {
    step();
    long high = mix(keyHigh ^ mix(place()));
    long low = mix(keyLow + mix(place() + keyHigh));
    return new UUID(
        (high & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L,
        (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  private void step() {
    if (!keyed) {
      makeKey();
    }
    if (event != script.nextEvent()) {
      event = script.nextEvent();
      draw = 0;
    }
    draw++;
  }

  private long place() {
    return (((long) event << 32) | draw) * GOLDEN;
  }

  private void makeKey() {
    byte[] id = turn.instanceId().getBytes(StandardCharsets.UTF_8);
    ByteBuffer identity = ByteBuffer.allocate(id.length + 20);
    identity.put(id).putLong(turn.instance()).putInt(turn.execution());
    identity.putLong(script.firstMillis());
    try {
      ByteBuffer key =
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(identity.array()));
      keyHigh = key.getLong();
      keyLow = key.getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    keyed = true;
  }

  /** Spreads a number over all bits; the finisher of SplitMix64. */
  private static long mix(long number) {
    long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
