package io.millrace.engine.internal.runtime;

/**
 * Says when the next start of a pool is due. The n-th start after an anchor is due at {@code anchor
 * + n / rate}, computed anew each time, so nothing adds up and a long queue drifts by nothing. Not
 * thread-safe.
 */
final class Rate {

  /** A start that is late by more is not made up for. */
  static final long CATCH_UP_MILLIS = 100;

  private static final double MILLIS = 1_000;

  private final double perSecond;
  private long anchorMillis;
  private long taken;
  private boolean anchored;

  Rate(double perSecond) {
    this.perSecond = perSecond;
  }

  /** Returns when the next start may be, never early; at or before now means now. */
  long dueMillis() {
    return anchored ? anchorMillis + (long) Math.ceil(taken * MILLIS / perSecond) : Long.MIN_VALUE;
  }

  /** Takes the right to one start now, if there is one. */
  boolean tryTake(long nowMillis) {
    if (!anchored || isOff(nowMillis)) {
      anchored = true;
      anchorMillis = nowMillis;
      taken = 0;
    }
    if (dueMillis() > nowMillis) {
      return false;
    }
    taken++;
    return true;
  }

  /** Idle for long, or the clock was set back: what is due follows from no start any more. */
  private boolean isOff(long nowMillis) {
    long early = dueMillis() - nowMillis;
    return early < -CATCH_UP_MILLIS || early > Math.ceil(MILLIS / perSecond) + CATCH_UP_MILLIS;
  }
}
