package io.millrace.engine.internal.runtime;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Pipelines;
import io.millrace.buffer.RecoveredPipeline;
import io.millrace.buffer.StoreOpener;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import java.nio.file.Path;

/** Opens a data directory and recovers it: {@link Pipelines#recover}, or what a test puts there. */
@FunctionalInterface
public interface Recovering {

  /** Recovers what the directory holds, as {@link Pipelines#recover} does. */
  Recovering STANDARD =
      (directory, store, options) ->
          Pipelines.recover(directory, store, RowMutationCodec.factory(), options);

  /**
   * Recovers a directory.
   *
   * @throws io.millrace.buffer.BufferOpenException if it cannot be opened
   */
  RecoveredPipeline<RowMutation, ? extends OrchestrationStore> recover(
      Path directory, StoreOpener<? extends OrchestrationStore> store, BufferOptions options);
}
