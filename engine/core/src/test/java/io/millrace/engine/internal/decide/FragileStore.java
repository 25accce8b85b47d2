package io.millrace.engine.internal.decide;

import io.millrace.engine.PassingStore;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationReader;

/** A store in memory that cannot be read for a while. */
final class FragileStore extends PassingStore {
  final MemoryOrchestrationStore memory;
  boolean broken;

  FragileStore() {
    this(new MemoryOrchestrationStore());
  }

  private FragileStore(MemoryOrchestrationStore memory) {
    super(memory);
    this.memory = memory;
  }

  @Override
  public OrchestrationReader read() throws StoreException {
    if (broken) {
      throw new StoreException.Busy("planned fault", null);
    }
    return super.read();
  }
}
