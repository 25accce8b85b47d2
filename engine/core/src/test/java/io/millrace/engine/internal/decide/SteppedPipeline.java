package io.millrace.engine.internal.decide;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.Progress;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of a command, on the calling thread: decide, decided, and later the rest. Nothing becomes
 * durable, and no effect is released, before {@link #sync}; nothing reaches the store before {@link
 * #flush}.
 */
final class SteppedPipeline implements Progress {

  private final EngineDecider decider;
  private final OrchestrationStore store;
  private final long epoch;
  private final List<List<RowMutation>> unapplied = new ArrayList<>();
  private final List<Effect> unreleased = new ArrayList<>();
  private long decided;
  private long synced;
  private long applied;
  private long recordBytesMax = Long.MAX_VALUE;

  SteppedPipeline(EngineDecider decider, OrchestrationStore store, long epoch) {
    this.decider = decider;
    this.store = store;
    this.epoch = epoch;
    this.decided = store.applied().position();
    this.synced = decided;
    this.applied = decided;
  }

  /** Every later decision with mutations counts as too large once. */
  void recordsOfAtMost(long bytes) {
    recordBytesMax = bytes;
  }

  /** Decides; returns the mutations of its record. */
  List<RowMutation> decide(Command command) {
    Decision<RowMutation> decision = new Decision<>();
    decider.decide(command, decision);
    if (decision.isDeferred()) {
      decision.place(decided);
      decider.decided(command, decision);
      return List.of();
    }
    if (decision.refusal() == null && decision.mutations().size() > recordBytesMax) {
      long size = decision.mutations().size();
      decision.clear();
      decider.decideTooLarge(command, size, recordBytesMax, decision);
    }
    List<RowMutation> mutations =
        decision.refusal() == null ? List.copyOf(decision.mutations()) : List.of();
    if (!mutations.isEmpty()) {
      decided++;
      unapplied.add(mutations);
    }
    decision.place(decided);
    decider.decided(command, decision);
    if (decision.refusal() == null) {
      unreleased.addAll(decision.effects());
    }
    if (command instanceof Acknowledgement acknowledgement) {
      if (decision.refusal() == null) {
        acknowledgement.acknowledged(decided);
      } else {
        acknowledgement.failed(decision.refusal());
      }
    }
    return mutations;
  }

  /** Makes all durable and releases effects. */
  void sync() {
    syncUnder(Pressure.NONE);
  }

  void syncUnder(Pressure pressure) {
    synced = decided;
    List<Effect> released = List.copyOf(unreleased);
    unreleased.clear();
    released.forEach(Effect::release);
    decider.endOfBatch(this, pressure);
  }

  void endOfBatch(Pressure pressure) {
    decider.endOfBatch(this, pressure);
  }

  /** Makes all durable and brings it into the store. */
  void flush() throws StoreException {
    sync();
    for (List<RowMutation> record : unapplied) {
      applied++;
      store.apply(record, new RecordId(applied, epoch, 1), Store.CommitMode.NORMAL);
    }
    unapplied.clear();
    decider.endOfBatch(this, Pressure.NONE);
  }

  /** Removes a row from the store, behind the state machine's back. */
  void forget(RowKey key) throws StoreException {
    decided++;
    unapplied.add(List.of(new RowMutation.Delete(key)));
    flush();
  }

  /** Removes an instance's history from the store, behind the state machine's back. */
  void forgetHistory(long instance) throws StoreException {
    decided++;
    unapplied.add(List.of(new RowMutation.DeleteHistory(instance)));
    flush();
  }

  /** Puts a history back into the store, behind the state machine's back. */
  void mend(List<HistoryRow> turns) throws StoreException {
    decided++;
    unapplied.add(turns.stream().<RowMutation>map(RowMutation.Insert::new).toList());
    flush();
  }

  @Override
  public long decided() {
    return decided;
  }

  @Override
  public long appended() {
    return synced;
  }

  @Override
  public long synced() {
    return synced;
  }

  @Override
  public long applied() {
    return applied;
  }

  @Override
  public long durable() {
    return 0;
  }
}
