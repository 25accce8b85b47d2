package io.millrace.storage.orchestration;

import io.millrace.storage.testing.OrchestrationTreeContract;
import java.nio.file.Path;

class MemoryOrchestrationStoreTreeTest extends OrchestrationTreeContract {

  @Override
  protected OrchestrationStore open(Path directory) {
    return new MemoryOrchestrationStore();
  }
}
