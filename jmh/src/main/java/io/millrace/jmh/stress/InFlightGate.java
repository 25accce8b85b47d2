package io.millrace.jmh.stress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many orchestrations are in flight. One thread enters; any thread leaves.
 *
 * <p>Whoever waits to enter is woken once a sixty-fourth of the bound is free, not for each that
 * leaves: at tens of thousands a second the wake-ups would cost more than the starts.
 */
final class InFlightGate {

  private static final int PARTS = 64;

  private final int most;
  private final int wakeAt;
  private final AtomicInteger inside = new AtomicInteger();

  // written by: the thread that enters
  private volatile @Nullable Thread waiting;
  private volatile int waitsFor;

  InFlightGate(int most) {
    this.most = most;
    this.wakeAt = most - Math.max(1, most / PARTS);
  }

  /**
   * Enters, or waits until there is room.
   *
   * @param deadline {@link System#nanoTime} at which to give up
   * @return whether it entered
   */
  boolean enter(long deadline) throws InterruptedException {
    if (System.nanoTime() - deadline >= 0
        || (inside.get() >= most && !awaitAtMost(wakeAt, deadline))) {
      return false;
    }
    inside.incrementAndGet();
    return true;
  }

  void leave() {
    int left = inside.decrementAndGet();
    Thread thread = waiting;
    if (thread != null && left <= waitsFor) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Waits until all have left. For the thread that enters.
   *
   * @return whether they did before the deadline
   */
  boolean awaitEmpty(long deadline) throws InterruptedException {
    return awaitAtMost(0, deadline);
  }

  private boolean awaitAtMost(int bound, long deadline) throws InterruptedException {
    waitsFor = bound;
    waiting = Thread.currentThread();
    try {
      // Looked at after the waiter is known: whoever leaves looks in the other order.
      while (inside.get() > bound) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException("while orchestrations were in flight, bound=" + bound);
        }
      }
      return true;
    } finally {
      waiting = null;
    }
  }
}
