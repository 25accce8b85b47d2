package io.millrace.buffer;

import org.jspecify.annotations.Nullable;

/**
 * How a pipeline fares, for those who watch it.
 *
 * @param state what it can do
 * @param concern what keeps it from more
 * @param reason in words, with figures; empty while it is healthy
 * @param cause the fault behind it, if there is one: why the pipeline failed, or why the store does
 *     not take what it is given
 */
public record Health(State state, Concern concern, String reason, @Nullable Throwable cause) {

  /** All is well. */
  public static final Health HEALTHY = new Health(State.HEALTHY, Concern.NONE, "", null);

  /** What it can do, from everything to nothing. */
  public enum State {
    /** Everything. */
    HEALTHY,
    /** Everything, and something is amiss that will be felt if it lasts. Heals by itself. */
    DEGRADED,
    /**
     * Work that was begun goes on and reads are answered; new work waits or is refused, as the
     * {@link BackpressurePolicy} says. Heals by itself.
     */
    READ_ONLY,
    /** Nothing, for good. Close it and open it again to recover what was durable. */
    FAILED
  }

  /** What is amiss; the gravest, if several things are. */
  public enum Concern {
    /** Nothing. */
    NONE,
    /** An outside process holds the store, or it has no space; the journal absorbs. */
    STORE_STUMBLES,
    /** The journal's disk has not answered for seconds: whoever waits for a force waits. */
    DISK_STALLS,
    /** The store lags so far behind the journal that new work is held. */
    STORE_LAGS,
    /** The disk of the journal is nearly full. */
    DISK_SHORT,
    /** A fault after which nothing can be trusted (invariant I6). */
    FAULT
  }

  /** Tells whether new work is admitted just now. */
  public boolean admits() {
    return state == State.HEALTHY || state == State.DEGRADED;
  }
}
