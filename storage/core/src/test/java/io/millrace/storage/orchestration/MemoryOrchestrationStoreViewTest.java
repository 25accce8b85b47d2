package io.millrace.storage.orchestration;

import io.millrace.storage.testing.OrchestrationStoreViewContract;
import java.nio.file.Path;

class MemoryOrchestrationStoreViewTest extends OrchestrationStoreViewContract {

  @Override
  protected OrchestrationStore open(Path directory) {
    return new MemoryOrchestrationStore();
  }
}
