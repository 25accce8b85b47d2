package io.millrace.storage.orchestration;

import io.millrace.storage.Store;
import io.millrace.storage.StoreException;

/** A store of orchestrations that can also be read. */
public interface OrchestrationStore extends Store<RowMutation> {

  /**
   * Opens a consistent view of what is applied now. Any thread, beside the writer and without
   * disturbing it. Waits for one of the pooled read connections.
   *
   * @return a view that the calling thread alone uses and closes soon: it has a time limit (rule
   *     R14)
   * @throws StoreException.Busy if no connection came free in time
   * @throws StoreException.Failed if the store cannot be read
   */
  OrchestrationReader read() throws StoreException;
}
