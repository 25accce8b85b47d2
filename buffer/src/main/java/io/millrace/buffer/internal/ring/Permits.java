package io.millrace.buffer.internal.ring;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.internal.stage.Clock;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Admission of clients' commands, by count and by bytes (rule R24). A permit is held from the call
 * until the decision. Those who must wait are served in order of arrival.
 *
 * <p>Taking and returning a permit is one atomic operation while nobody waits.
 */
public final class Permits {

  private static final int BYTE_BITS = 40;
  private static final long BYTE_MASK = (1L << BYTE_BITS) - 1;

  /** What else may hold clients back. */
  public interface Gate {

    /** Tells why clients are held just now, or null if they are not. Any thread, cheap. */
    @Nullable String held();

    /** Tells why the call must end, or null. */
    @Nullable RuntimeException closed();
  }

  private final int commandsMax;
  private final long bytesMax;
  private final BackpressurePolicy policy;
  private final Gate gate;
  private final Clock clock;
  private final AtomicLong inUse = new AtomicLong();
  private final ConcurrentLinkedQueue<Thread> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Makes permits. */
  public Permits(
      int commandsMax, long bytesMax, BackpressurePolicy policy, Gate gate, Clock clock) {
    this.commandsMax = commandsMax;
    this.bytesMax = Math.min(bytesMax, BYTE_MASK);
    this.policy = policy;
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * Takes a permit, waiting for one if the policy says so.
   *
   * @return the moment until which the call may still wait for something else, {@link Clock}
   * @throws BackpressureException if there is none
   */
  public long acquire(int bytes) {
    if (bytes < 0 || bytes > bytesMax) {
      throw new IllegalArgumentException(
          "a command must fit into the byte permits, bytes=" + bytes + " clientBytes=" + bytesMax);
    }
    long wait = policy instanceof BackpressurePolicy.Block block ? block.timeout().toNanos() : 0;
    long deadline = clock.nanos() + wait;
    if (waiting.get() == 0 && gate.held() == null && tryTake(bytes)) {
      return deadline;
    }
    if (wait == 0) {
      throw refused(bytes, "");
    }
    awaitTurn(bytes, deadline);
    return deadline;
  }

  /** Returns permits, and lets the next in line look. Any thread; does not block. */
  public void release(long commands, long bytes) {
    inUse.addAndGet(-(commands << BYTE_BITS) - bytes);
    wakeFirst();
  }

  /** Lets the first in line look again: the gate may have opened. Any thread; does not block. */
  public void wakeFirst() {
    if (waiting.get() > 0) {
      LockSupport.unpark(queue.peek());
    }
  }

  /** Lets everybody in line look: the pipeline has failed or is closing. */
  public void wakeAll() {
    queue.forEach(LockSupport::unpark);
  }

  /** Returns how many commands hold a permit. */
  public int commandsInUse() {
    return (int) (inUse.get() >>> BYTE_BITS);
  }

  /** Returns how many callers wait for one. */
  public int waiting() {
    return waiting.get();
  }

  private void awaitTurn(int bytes, long deadline) {
    Thread me = Thread.currentThread();
    queue.add(me);
    waiting.incrementAndGet();
    try {
      while (true) {
        RuntimeException closed = gate.closed();
        if (closed != null) {
          throw closed;
        }
        if (queue.peek() == me && gate.held() == null && tryTake(bytes)) {
          return;
        }
        long left = deadline - clock.nanos();
        if (left <= 0) {
          throw refused(bytes, " in the time that the backpressure policy allows");
        }
        if (me.isInterrupted()) {
          throw refused(bytes, " before the waiting thread was interrupted");
        }
        LockSupport.parkNanos(this, left);
      }
    } finally {
      queue.remove(me);
      waiting.decrementAndGet();
      // Whoever is next may fit too, and nobody else will tell them.
      wakeFirst();
    }
  }

  private boolean tryTake(int bytes) {
    while (true) {
      long now = inUse.get();
      if ((now >>> BYTE_BITS) >= commandsMax || (now & BYTE_MASK) + bytes > bytesMax) {
        return false;
      }
      if (inUse.compareAndSet(now, now + (1L << BYTE_BITS) + bytes)) {
        return true;
      }
    }
  }

  private BackpressureException refused(int bytes, String when) {
    String held = gate.held();
    long now = inUse.get();
    String why =
        held != null
            ? held
            : "commands="
                + (now >>> BYTE_BITS)
                + " clientPermits="
                + commandsMax
                + " bytes="
                + (now & BYTE_MASK)
                + " clientBytes="
                + bytesMax;
    return new BackpressureException(
        "no room for a command of " + bytes + " bytes" + when + ": " + why + "; try later");
  }
}
