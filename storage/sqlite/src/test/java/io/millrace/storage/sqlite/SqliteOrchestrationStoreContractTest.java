package io.millrace.storage.sqlite;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.testing.OrchestrationStoreContract;
import java.nio.file.Path;

class SqliteOrchestrationStoreContractTest extends OrchestrationStoreContract {

  @Override
  protected OrchestrationStore open(Path directory) throws StoreException {
    return SqliteOrchestrationStore.open(
        StoreRig.in(directory).file, StoreRig.ID, SqliteOptions.defaults());
  }
}
