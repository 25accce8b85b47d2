package io.millrace.buffer.internal.pipeline;

import com.lmax.disruptor.EventPoller;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Health;
import io.millrace.buffer.UnreachableDurabilityException;
import io.millrace.buffer.internal.batcher.Coalescer;
import io.millrace.buffer.internal.ring.CommandRing;
import io.millrace.buffer.internal.ring.Slot;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.buffer.internal.stage.Waiters;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.storage.Mutation;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Behind decide, without a journal: commit applies the mutations to the store by itself.
 *
 * @param <C> commands
 * @param <M> mutations
 */
final class MemoryBackend<C, M extends Mutation> implements Backend, Stage {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryBackend.class);
  private static final long EPOCH = 1;

  private final Plumbing plumbing;
  private final CommandRing<C, M> ring;
  private final Store<M> store;
  private final Coalescer<M> coalescer;
  private final EventPoller.Handler<Slot<C, M>> handler = this::take;
  private final List<Slot<C, M>> batch = new ArrayList<>();
  private final HeldEffects effects = new HeldEffects();

  MemoryBackend(Plumbing plumbing, CommandRing<C, M> ring, Store<M> store, Coalescer<M> coalescer) {
    this.plumbing = plumbing;
    this.ring = ring;
    this.store = store;
    this.coalescer = coalescer;
  }

  @Override
  public boolean step() {
    try {
      return ring.pollCommit(handler);
    } catch (Throwable e) {
      fail(e);
      return true;
    }
  }

  private boolean take(Slot<C, M> slot, long sequence, boolean endOfPoll) {
    batch.add(slot);
    try {
      if (!plumbing.fault.isPoisoned()) {
        slot.decision().mutations().forEach(coalescer::add);
        if (endOfPoll) {
          commitBatch();
        }
      } else {
        failBatch();
      }
    } catch (Throwable e) {
      fail(e);
    }
    return true;
  }

  private void commitBatch() throws StoreException {
    Positions positions = plumbing.positions;
    long last = batch.get(batch.size() - 1).decision().position();
    long records = last - positions.applied();
    if (records > 0) {
      List<M> mutations = coalescer.batch();
      long before = plumbing.clock.nanos();
      store.apply(mutations, new RecordId(last, EPOCH, 0), Store.CommitMode.NORMAL);
      plumbing.counters.storeCommit(
          mutations.size(), coalescer.added() - mutations.size(), plumbing.clock.nanos() - before);
      plumbing.counters.records(records, 0);
      positions.appended(last, 0);
      positions.synced(last);
      positions.applied(last, 0);
      plumbing.waiters.of(Durability.APPLIED).complete();
    }
    for (int i = 0; i < batch.size() && !plumbing.fault.isPoisoned(); i++) {
      effects.add(batch.get(i).decision(), last);
    }
    plumbing.counters.batch();
    endBatch();
  }

  private void fail(Throwable cause) {
    plumbing.fault.poison(cause);
    failBatch();
  }

  private void failBatch() {
    for (Slot<C, M> slot : batch) {
      Waiters.tellFailed(slot.takeAcknowledgement(), plumbing.fault.exception());
    }
    endBatch();
  }

  private void endBatch() {
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).clear();
    }
    batch.clear();
    coalescer.clear();
  }

  @Override
  public boolean ready() {
    return ring.hasUncommitted();
  }

  @Override
  public long idle() {
    return NOTHING_DUE;
  }

  @Override
  public void finish() {}

  @Override
  public Stage commit() {
    return this;
  }

  @Override
  public void start() {}

  @Override
  public void checkCommand(Durability level) {
    if (level != Durability.ACCEPTED) {
      throw unreachable(level);
    }
  }

  @Override
  public void checkWait(Durability level) {
    if (level == Durability.APPENDED || level == Durability.SYNCED) {
      throw unreachable(level);
    }
  }

  static UnreachableDurabilityException unreachable(Durability level) {
    return new UnreachableDurabilityException(
        "level="
            + level
            + " can never be reached in memory; ask for ACCEPTED, or open a data directory");
  }

  @Override
  public boolean isOwnThread() {
    return false;
  }

  @Override
  public String describe() {
    return "in memory, " + plumbing.positions;
  }

  @Override
  public void flushPolicy(FlushPolicy policy) {
    // Commit applies to the store itself, so nothing is ever behind.
  }

  @Override
  public void show(Supplier<MetricsSnapshot> figures, Supplier<Health> health) {
    // There is no directory, so no page.
  }

  @Override
  public @Nullable Throwable stumble() {
    return null;
  }

  @Override
  public boolean drain() {
    return true;
  }

  @Override
  public void release() {
    try {
      store.close();
    } catch (StoreException e) {
      LOG.warn("the store could not be closed", e);
    }
  }

  @Override
  public long epoch() {
    return EPOCH;
  }
}
