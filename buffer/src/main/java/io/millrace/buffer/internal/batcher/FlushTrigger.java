package io.millrace.buffer.internal.batcher;

import io.millrace.buffer.FlushPolicy;

/**
 * A flush policy, boiled down to four limits; {@link Long#MAX_VALUE} stands for none.
 *
 * @param records how many may wait
 * @param bytes how many bytes may wait
 * @param ageNanos how old the oldest may grow
 * @param idleNanos how long nothing may be added before what waits goes
 */
record FlushTrigger(long records, long bytes, long ageNanos, long idleNanos) {

  private static final long NONE = Long.MAX_VALUE;

  static FlushTrigger of(FlushPolicy policy) {
    if (policy instanceof FlushPolicy.Count count) {
      return new FlushTrigger(count.records(), NONE, NONE, NONE);
    } else if (policy instanceof FlushPolicy.Bytes bytes) {
      return new FlushTrigger(NONE, bytes.bytes(), NONE, NONE);
    } else if (policy instanceof FlushPolicy.Age age) {
      return new FlushTrigger(NONE, NONE, age.age().toNanos(), NONE);
    } else if (policy instanceof FlushPolicy.Idle idle) {
      return new FlushTrigger(NONE, NONE, NONE, idle.quiet().toNanos());
    }
    FlushTrigger soonest = new FlushTrigger(NONE, NONE, NONE, NONE);
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
        Math.min(idleNanos, other.idleNanos));
  }

  /** Tells whether what waits should go. */
  boolean isDue(long waiting, long waitingBytes, long oldestNanos, long quietNanos) {
    return waiting >= records
        || waitingBytes >= bytes
        || oldestNanos >= ageNanos
        || quietNanos >= idleNanos;
  }

  /** Returns in how many nanoseconds time alone makes it due. */
  long nanosLeft(long oldestNanos, long quietNanos) {
    long byAge = ageNanos == NONE ? NONE : ageNanos - oldestNanos;
    long byIdle = idleNanos == NONE ? NONE : idleNanos - quietNanos;
    return Math.max(0, Math.min(byAge, byIdle));
  }
}
