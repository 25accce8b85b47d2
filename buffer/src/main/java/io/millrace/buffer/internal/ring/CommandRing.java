package io.millrace.buffer.internal.ring;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.Durability;
import io.millrace.buffer.internal.stage.Doorbell;
import io.millrace.buffer.internal.stage.Waiters;
import io.millrace.storage.Mutation;

/**
 * The ring: many threads put, decide takes, then commit takes. A slot is free again once commit has
 * passed it.
 *
 * @param <C> commands
 * @param <M> mutations
 */
public final class CommandRing<C, M extends Mutation> {

  private final RingBuffer<Slot<C, M>> ring;
  private final EventPoller<Slot<C, M>> decidePoller;
  private final EventPoller<Slot<C, M>> commitPoller;
  private final Object sweepLock = new Object();
  // guarded by: sweepLock
  private long swept = -1;

  /**
   * Makes one.
   *
   * @param slots a power of two
   * @param decideBell rung at every put
   */
  public CommandRing(int slots, Doorbell decideBell) {
    ring = RingBuffer.createMultiProducer(Slot::new, slots, new RingsTheBell(decideBell));
    decidePoller = ring.newPoller();
    commitPoller = ring.newPoller(decidePoller.getSequence());
    ring.addGatingSequences(commitPoller.getSequence());
  }

  /**
   * Puts a command, unless the ring is full. Any thread.
   *
   * @return whether it was put
   */
  public boolean tryPut(
      C command, int bytes, Durability level, Acknowledgement who, boolean client) {
    long sequence;
    try {
      sequence = ring.tryNext();
    } catch (InsufficientCapacityException full) {
      return false;
    }
    try {
      ring.get(sequence).fill(command, bytes, level, who, client);
    } finally {
      // A claimed slot must be published whatever happens, or every consumer stops there.
      ring.publish(sequence);
    }
    return true;
  }

  /** Hands decide what waits for it. Decide thread. */
  public boolean pollDecide(EventPoller.Handler<Slot<C, M>> handler) throws Exception {
    return decidePoller.poll(handler) == EventPoller.PollState.PROCESSING;
  }

  /** Hands commit what was decided. Commit thread. */
  public boolean pollCommit(EventPoller.Handler<Slot<C, M>> handler) throws Exception {
    return commitPoller.poll(handler) == EventPoller.PollState.PROCESSING;
  }

  /** Tells whether decide has something to take: claimed is not enough, it must be published. */
  public boolean hasUndecided() {
    return ring.isAvailable(decidePoller.getSequence().get() + 1);
  }

  /** Tells whether commit has something to take. */
  public boolean hasUncommitted() {
    return commitPoller.getSequence().get() < decidePoller.getSequence().get();
  }

  /** Tells whether everything that was put has left the ring. */
  public boolean isDrained() {
    return commitPoller.getSequence().get() >= ring.getCursor();
  }

  /** Returns how many slots are taken, about. */
  public long used() {
    return ring.getBufferSize() - ring.remainingCapacity();
  }

  /**
   * Fails what no stage will ever take, once both have ended. A producer that was too late to be
   * seen calls it too, after its put: so whatever the race, somebody sees the slot, and only one.
   */
  public void sweep(RuntimeException why) {
    synchronized (sweepLock) {
      long next = Math.max(swept, commitPoller.getSequence().get()) + 1;
      while (ring.isAvailable(next)) {
        Slot<C, M> slot = ring.get(next);
        Acknowledgement who = slot.takeAcknowledgement();
        slot.clear();
        swept = next;
        next++;
        Waiters.tellFailed(who, why);
      }
    }
  }

  /** The Disruptor asks it to signal at each publish; its pollers never ask it to wait. */
  private record RingsTheBell(Doorbell bell) implements WaitStrategy {
    @Override
    public long waitFor(
        long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier) {
      throw new UnsupportedOperationException("the stages poll, and sleep on their own bells");
    }

    @Override
    public void signalAllWhenBlocking() {
      bell.ring();
    }
  }
}
