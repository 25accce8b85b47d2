package io.millrace.engine.internal.runtime;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.StoreOpener;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.sqlite.SqliteOpenException;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.sqlite.SqliteOrchestrationStore;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Opens the store that an engine uses unless another is named.
 *
 * @param options how to use SQLite
 */
public record SqliteStores(SqliteOptions options) implements StoreOpener<OrchestrationStore> {

  /**
   * Opens it, or makes it.
   *
   * @throws BufferOpenException if it cannot be opened; says why and what to do
   */
  @Override
  public OrchestrationStore open(Path storeFile, UUID storeId) {
    try {
      return SqliteOrchestrationStore.open(storeFile, storeId, options);
    } catch (SqliteOpenException e) {
      throw new BufferOpenException(OpenReasons.of(e.reason()), String.valueOf(e.getMessage()), e);
    }
  }
}
