package io.millrace.storage.sqlite;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.testing.OrchestrationTreeContract;
import java.nio.file.Path;

class SqliteOrchestrationTreeContractTest extends OrchestrationTreeContract {

  @Override
  protected OrchestrationStore open(Path directory) throws StoreException {
    return SqliteOrchestrationStore.open(
        StoreRig.in(directory).file, StoreRig.ID, SqliteOptions.defaults());
  }
}
