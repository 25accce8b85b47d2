package io.millrace.interleavings;

import io.millrace.buffer.Acknowledgement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What one who waits was told, and how often. */
public final class Heard implements Acknowledgement {

  private final LongSupplier reached;
  private final AtomicInteger times = new AtomicInteger();
  private volatile long position = -1;
  private volatile long reachedThen = -1;
  private volatile @Nullable RuntimeException failure;

  /**
   * Makes one.
   *
   * @param reached asked when it is told: an acknowledgement must not come before
   */
  public Heard(LongSupplier reached) {
    this.reached = reached;
  }

  @Override
  public void acknowledged(long told) {
    reachedThen = reached.getAsLong();
    position = told;
    times.incrementAndGet();
  }

  @Override
  public void failed(RuntimeException cause) {
    failure = cause;
    times.incrementAndGet();
  }

  /** Returns how often it was told. */
  public int times() {
    return times.get();
  }

  /** Returns why it failed, or null. */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /** Checks that it was told once, whatever. */
  public void mustHaveHeard() {
    if (times() != 1) {
      throw new AssertionError("expected to be told once, times=" + times());
    }
    if (failure == null && position > reachedThen) {
      throw new AssertionError("told too early, position=" + position + " then=" + reachedThen);
    }
  }

  /** Checks that it was told of a position, once and not before that was reached. */
  public void mustBeAcknowledged(long expected) {
    mustHaveHeard();
    if (failure != null || position != expected) {
      throw new AssertionError("expected position=" + expected + " was=" + position, failure);
    }
  }

  /** Checks that it was told of a failure, once. */
  public void mustHaveFailed() {
    mustHaveHeard();
    if (failure == null) {
      throw new AssertionError("expected a failure, was acknowledged, position=" + position);
    }
  }
}
