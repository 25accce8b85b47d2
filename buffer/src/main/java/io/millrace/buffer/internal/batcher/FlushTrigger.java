package io.millrace.buffer.internal.batcher;

import io.millrace.buffer.FlushPolicy;

/**
 * A flush policy, boiled down to five limits; {@link Long#MAX_VALUE} stands for none.
 *
 * @param records how many may wait
 * @param bytes how many bytes may wait
 * @param ageNanos how old the oldest may grow
 * @param idleNanos how long nothing may be added before what waits goes
 * @param lagNanos how old the oldest may be once it is in the store
 */
record FlushTrigger(long records, long bytes, long ageNanos, long idleNanos, long lagNanos) {

  private static final long NONE = Long.MAX_VALUE;

  static FlushTrigger of(FlushPolicy policy) {
    if (policy instanceof FlushPolicy.Count count) {
      return new FlushTrigger(count.records(), NONE, NONE, NONE, NONE);
    } else if (policy instanceof FlushPolicy.Bytes bytes) {
      return new FlushTrigger(NONE, bytes.bytes(), NONE, NONE, NONE);
    } else if (policy instanceof FlushPolicy.Age age) {
      return new FlushTrigger(NONE, NONE, age.age().toNanos(), NONE, NONE);
    } else if (policy instanceof FlushPolicy.WhenIdle idle) {
      return new FlushTrigger(NONE, NONE, NONE, idle.quiet().toNanos(), NONE);
    } else if (policy instanceof FlushPolicy.Adaptive adaptive) {
      return new FlushTrigger(NONE, NONE, NONE, NONE, adaptive.targetLag().toNanos());
    }
    FlushTrigger soonest = new FlushTrigger(NONE, NONE, NONE, NONE, NONE);
    if (policy instanceof FlushPolicy.WhicheverFirst any) {
      for (FlushPolicy each : any.policies()) {
        soonest = soonest.orSooner(of(each));
      }
    }
    return soonest;
  }

  private FlushTrigger orSooner(FlushTrigger other) {
    return new FlushTrigger(
        Math.min(records, other.records),
        Math.min(bytes, other.bytes),
        Math.min(ageNanos, other.ageNanos),
        Math.min(idleNanos, other.idleNanos),
        Math.min(lagNanos, other.lagNanos));
  }

  /**
   * Tells whether what waits should go.
   *
   * @param flushNanos how long a flush takes
   */
  boolean isDue(
      long waiting, long waitingBytes, long oldestNanos, long quietNanos, long flushNanos) {
    return waiting >= records
        || waitingBytes >= bytes
        || oldestNanos >= ageMost(flushNanos)
        || quietNanos >= idleNanos;
  }

  /** Returns in how many nanoseconds time alone makes it due. */
  long nanosLeft(long oldestNanos, long quietNanos, long flushNanos) {
    long most = ageMost(flushNanos);
    long byAge = most == NONE ? NONE : most - oldestNanos;
    long byIdle = idleNanos == NONE ? NONE : idleNanos - quietNanos;
    return Math.max(0, Math.min(byAge, byIdle));
  }

  private long ageMost(long flushNanos) {
    return Math.min(ageNanos, lagNanos == NONE ? NONE : Math.max(0, lagNanos - flushNanos));
  }
}
