package io.millrace.engine.internal.runtime;

import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the engine itself wants to do at a time: begin a retry, end an attempt that takes too long,
 * start the next of a rated pool. Nothing here is durable: each is set again from what is. Rung by
 * the timer thread; never early.
 */
final class Alarms {

  /** Dropped alarms are swept out once they are more than the open ones, and more than this. */
  private static final int SWEEP_MIN = 1_024;

  private final ConcurrentLinkedQueue<Alarm> arriving = new ConcurrentLinkedQueue<>();
  private final AtomicInteger dropped = new AtomicInteger();
  private final AtomicLong numbers = new AtomicLong();

  // written by: timer thread
  private final PriorityQueue<Alarm> heap = new PriorityQueue<>();

  /**
   * Takes an alarm; who calls wakes the timer thread if it must.
   *
   * @param action must not block, nor run a user's code
   */
  Alarm add(long atMillis, Runnable action) {
    Alarm alarm = new Alarm(atMillis, numbers.incrementAndGet(), action, dropped);
    arriving.add(alarm);
    return alarm;
  }

  boolean hasArrivals() {
    return !arriving.isEmpty();
  }

  /** Rings what is due, by time and then in the order set, and returns when the next is. */
  long ring(long nowMillis) {
    for (Alarm alarm = arriving.poll(); alarm != null; alarm = arriving.poll()) {
      heap.add(alarm);
    }
    sweep();
    Alarm first = heap.peek();
    while (first != null && (first.atMillis <= nowMillis || first.isOver())) {
      heap.remove();
      first.ring();
      first = heap.peek();
    }
    return first == null ? Long.MAX_VALUE : first.atMillis;
  }

  private void sweep() {
    int gone = dropped.get();
    if (gone > SWEEP_MIN && gone > heap.size() / 2) {
      heap.removeIf(Alarm::isOver);
      dropped.addAndGet(-gone);
    }
  }

  /** One of them. */
  static final class Alarm implements Comparable<Alarm> {
    private final long atMillis;
    private final long number;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger dropped;
    private final Runnable action;

    private Alarm(long atMillis, long number, Runnable action, AtomicInteger dropped) {
      this.atMillis = atMillis;
      this.number = number;
      this.action = action;
      this.dropped = dropped;
    }

    private void ring() {
      if (over.compareAndSet(false, true)) {
        action.run();
      }
    }

    private boolean isOver() {
      return over.get();
    }

    /** It need not ring any more; it leaves the heap sooner or later. Any thread. */
    void drop() {
      if (over.compareAndSet(false, true)) {
        dropped.incrementAndGet();
      }
    }

    @Override
    public int compareTo(Alarm other) {
      int byTime = Long.compare(atMillis, other.atMillis);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }
  }
}
