package io.millrace.storage.orchestration;

import io.millrace.storage.testing.OrchestrationReaderContract;
import java.nio.file.Path;

class MemoryOrchestrationStoreReaderTest extends OrchestrationReaderContract {

  @Override
  protected OrchestrationStore open(Path directory) {
    return new MemoryOrchestrationStore();
  }
}
