package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.CommandPipeline;
import io.millrace.buffer.Decider;
import io.millrace.buffer.RecoveredPipeline;
import io.millrace.buffer.Recovery;
import io.millrace.storage.Mutation;
import io.millrace.storage.Store;
import java.util.UUID;

/** A life that has caught up and not begun. One thread. */
final class RecoveredJournal<M extends Mutation, S extends Store<M>>
    implements RecoveredPipeline<M, S> {

  private final JournalLife<M> life;
  private final S store;
  private final UUID storeId;
  private final Recovery recovery;
  private boolean handedOver;

  RecoveredJournal(JournalLife<M> life, S store, UUID storeId, Recovery recovery) {
    this.life = life;
    this.store = store;
    this.storeId = storeId;
    this.recovery = recovery;
  }

  @Override
  public S store() {
    return store;
  }

  @Override
  public UUID storeId() {
    return storeId;
  }

  @Override
  public long epoch() {
    return life.epoch();
  }

  @Override
  public long position() {
    return life.plumbing().positions.applied();
  }

  @Override
  public Recovery recovery() {
    return recovery;
  }

  @Override
  public <C> CommandPipeline<C> start(Decider<C, M> decider) {
    if (handedOver) {
      throw new IllegalStateException("expected a pipeline that was neither started nor closed");
    }
    RunningPipeline<C, M> pipeline = life.assemble(decider);
    handedOver = true;
    pipeline.start();
    return pipeline;
  }

  @Override
  public void close() {
    if (!handedOver) {
      handedOver = true;
      life.flush().finish();
      life.release();
    }
  }
}
