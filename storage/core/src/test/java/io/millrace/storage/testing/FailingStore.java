package io.millrace.storage.testing;

import io.millrace.storage.Mutation;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A store that stumbles at a chosen call of {@link #apply} and is otherwise the one it wraps. The
 * fault may be set and healed by any thread.
 *
 * @param <M> the family of mutations
 */
public final class FailingStore<M extends Mutation> implements Store<M> {

  /** How it stumbles. */
  public enum Fault {
    /** Nothing is applied; {@link StoreException.Busy}. */
    BUSY,
    /** Nothing is applied; {@link StoreException.Full}. */
    FULL,
    /** Nothing is applied; {@link StoreException.Rejected}. */
    REJECTED,
    /** Nothing is applied; {@link StoreException.Failed}. */
    FAILED,
    /** Everything is applied, and yet {@link StoreException.Failed}: the outcome is unknown. */
    FAILED_AFTER_APPLYING
  }

  private record Plan(Fault fault, int from, int to) {}

  private final Store<M> store;
  private final AtomicInteger applies = new AtomicInteger();
  private volatile @Nullable Plan plan; // written by: the test

  /** Wraps a store, with no fault set. */
  public FailingStore(Store<M> store) {
    this.store = store;
  }

  /** Fails the {@code nth} call of apply from now on, counted from 1, and no other. */
  public FailingStore<M> failOnce(Fault fault, int nth) {
    return fail(fault, nth, nth);
  }

  /** Fails the {@code nth} call of apply from now on, counted from 1, and all after it. */
  public FailingStore<M> failFrom(Fault fault, int nth) {
    return fail(fault, nth, Integer.MAX_VALUE);
  }

  private FailingStore<M> fail(Fault fault, int first, int last) {
    int done = applies.get();
    int to = last == Integer.MAX_VALUE ? last : done + last;
    plan = new Plan(fault, done + first, to);
    return this;
  }

  /** Fails no more. */
  public void heal() {
    plan = null;
  }

  /** Returns how often apply was called, failed calls included. */
  public int applies() {
    return applies.get();
  }

  /** Returns the store that is wrapped. */
  public Store<M> wrapped() {
    return store;
  }

  @Override
  public void apply(List<? extends M> mutations, RecordId last, CommitMode mode)
      throws StoreException {
    int call = applies.incrementAndGet();
    Plan current = plan;
    if (current == null || call < current.from() || call > current.to()) {
      store.apply(mutations, last, mode);
      return;
    }
    String message = "planned fault, apply=" + call + ", position=" + last.position();
    switch (current.fault()) {
      case BUSY -> throw new StoreException.Busy(message, null);
      case FULL -> throw new StoreException.Full(message, null);
      case REJECTED -> throw new StoreException.Rejected(message, null);
      case FAILED -> throw new StoreException.Failed(message, null);
      case FAILED_AFTER_APPLYING -> {
        store.apply(mutations, last, mode);
        throw new StoreException.Failed(message, null);
      }
    }
  }

  @Override
  public RecordId applied() {
    return store.applied();
  }

  @Override
  public long durablePosition() {
    return store.durablePosition();
  }

  @Override
  public CheckpointOutcome checkpoint(CheckpointMode mode) throws StoreException {
    return store.checkpoint(mode);
  }

  @Override
  public long uncheckpointedBytes() {
    return store.uncheckpointedBytes();
  }

  @Override
  public void close() throws StoreException {
    store.close();
  }
}
