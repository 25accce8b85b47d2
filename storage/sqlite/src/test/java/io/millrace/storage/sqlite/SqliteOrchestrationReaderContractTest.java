package io.millrace.storage.sqlite;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.testing.OrchestrationReaderContract;
import java.nio.file.Path;

class SqliteOrchestrationReaderContractTest extends OrchestrationReaderContract {

  @Override
  protected OrchestrationStore open(Path directory) throws StoreException {
    return SqliteOrchestrationStore.open(
        StoreRig.in(directory).file, StoreRig.ID, SqliteOptions.defaults());
  }
}
