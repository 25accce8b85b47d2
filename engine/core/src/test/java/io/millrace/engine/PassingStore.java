package io.millrace.engine;

import io.millrace.storage.RecordId;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import java.util.List;

/** A store that passes everything on to another; a test overrides what it wants otherwise. */
public abstract class PassingStore implements OrchestrationStore {

  final OrchestrationStore store;

  /** Makes one. */
  protected PassingStore(OrchestrationStore store) {
    this.store = store;
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
  public void apply(List<? extends RowMutation> mutations, RecordId last, CommitMode mode)
      throws StoreException {
    store.apply(mutations, last, mode);
  }

  @Override
  public OrchestrationReader read() throws StoreException {
    return store.read();
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
