package io.millrace.buffer.internal.stage;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.Durability;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who wait until a position is durable at one level. Any thread adds; the stage that reaches
 * the level completes, and looking whether anybody waits costs it a fence and a read.
 */
public final class Waiters {

  private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);
  private static final long NOBODY = Long.MAX_VALUE;

  private final Durability level;
  private final int max;
  private final LongSupplier reached;
  private final LongConsumer hurry;
  private final Object lock = new Object();
  // guarded by: lock
  private final PriorityQueue<Waiter> waiting = new PriorityQueue<>();
  private long tickets;
  // written by: whoever ends it, once
  private volatile @Nullable LongFunction<? extends RuntimeException> end;
  // written by: whoever holds the lock
  private volatile long lowest = NOBODY;

  /**
   * Makes one.
   *
   * @param max how many may wait
   * @param reached returns the position that is durable at the level
   * @param hurry is told a position that somebody waits for (rule R25)
   */
  public Waiters(Durability level, int max, LongSupplier reached, LongConsumer hurry) {
    this.level = level;
    this.max = max;
    this.reached = reached;
    this.hurry = hurry;
  }

  /**
   * Calls back once a position is durable, at once if it is.
   *
   * @param refusal if not null, what the waiter hears instead of the acknowledgement (rule R16)
   */
  public void add(long position, Acknowledgement who, @Nullable RuntimeException refusal) {
    LongFunction<? extends RuntimeException> ended = end;
    if (ended == null && reached.getAsLong() >= position) {
      tell(who, position, refusal);
      return;
    }
    synchronized (lock) {
      ended = end;
      if (ended == null) {
        waiting.add(new Waiter(position, tickets++, who, refusal));
        lowest = Math.min(lowest, position);
      }
    }
    if (ended != null) {
      tellFailed(who, ended.apply(position));
      return;
    }
    hurry.accept(position);
    // The stage may have passed the position just before the waiter could be seen.
    complete();
  }

  /**
   * Refuses a caller when too many wait. Those that the pipeline itself adds are bounded by the lag
   * limit and are not asked.
   *
   * @throws BackpressureException if so
   */
  public void admit() {
    int now;
    synchronized (lock) {
      now = waiting.size();
    }
    if (now >= max) {
      throw new BackpressureException(
          "too many wait for "
              + level
              + ", waiting="
              + now
              + " waitersMax="
              + max
              + "; wait for some of them, or raise the limit");
    }
  }

  /** Completes all that wait for what is reached. */
  public void complete() {
    VarHandle.fullFence();
    long position = reached.getAsLong();
    if (lowest > position) {
      return;
    }
    List<Waiter> done = new ArrayList<>();
    synchronized (lock) {
      Waiter next = waiting.peek();
      while (next != null && next.position <= position) {
        done.add(next);
        waiting.poll();
        next = waiting.peek();
      }
      lowest = next == null ? NOBODY : next.position;
    }
    for (Waiter waiter : done) {
      tell(waiter.who, waiter.position, waiter.refusal);
    }
  }

  /** Fails all that wait, and from now on every one that would have to wait. Idempotent. */
  public void end(RuntimeException why) {
    end(position -> why);
  }

  /**
   * As {@link #end(RuntimeException)}, each with what its position calls for.
   *
   * @param why makes it; any thread
   */
  public void end(LongFunction<? extends RuntimeException> why) {
    List<Waiter> failed;
    synchronized (lock) {
      if (end == null) {
        end = why;
      }
      failed = new ArrayList<>(waiting);
      waiting.clear();
      lowest = NOBODY;
    }
    for (Waiter waiter : failed) {
      tellFailed(waiter.who, why.apply(waiter.position));
    }
  }

  /** Delivers an answer; what the receiver throws is its own fault and is logged. */
  public static void tell(Acknowledgement who, long position, @Nullable RuntimeException refusal) {
    if (refusal != null) {
      tellFailed(who, refusal);
      return;
    }
    try {
      who.acknowledged(position);
    } catch (RuntimeException e) {
      LOG.error("an acknowledgement threw, which it must not; position={}", position, e);
    }
  }

  /** Delivers a failure; what the receiver throws is its own fault and is logged. */
  public static void tellFailed(Acknowledgement who, RuntimeException why) {
    try {
      who.failed(why);
    } catch (RuntimeException e) {
      LOG.error("an acknowledgement threw while it was told of a failure", e);
    }
  }

  private record Waiter(
      long position, long ticket, Acknowledgement who, @Nullable RuntimeException refusal)
      implements Comparable<Waiter> {
    @Override
    public int compareTo(Waiter other) {
      int byPosition = Long.compare(position, other.position);
      return byPosition != 0 ? byPosition : Long.compare(ticket, other.ticket);
    }
  }
}
