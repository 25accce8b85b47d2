package io.millrace.engine.internal.decide;

import io.millrace.storage.RecordId;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import java.util.List;

/** A store that cannot be read for a while. */
final class FragileStore implements OrchestrationStore {
  final MemoryOrchestrationStore memory = new MemoryOrchestrationStore();
  boolean broken;

  @Override
  public OrchestrationReader read() throws StoreException {
    if (broken) {
      throw new StoreException.Busy("planned fault", null);
    }
    return memory.read();
  }

  @Override
  public RecordId applied() {
    return memory.applied();
  }

  @Override
  public long durablePosition() {
    return memory.durablePosition();
  }

  @Override
  public void apply(List<? extends RowMutation> mutations, RecordId last, CommitMode mode)
      throws StoreException {
    memory.apply(mutations, last, mode);
  }

  @Override
  public CheckpointOutcome checkpoint(CheckpointMode mode) throws StoreException {
    return memory.checkpoint(mode);
  }

  @Override
  public long uncheckpointedBytes() {
    return 0;
  }

  @Override
  public void close() {
    memory.close();
  }
}
