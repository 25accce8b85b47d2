package io.millrace.storage.sqlite;

import io.millrace.storage.RecordId;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.BodyCodec;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.sqlite.internal.orchestration.OrchestrationTables;
import io.millrace.storage.sqlite.internal.orchestration.OrchestrationView;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Orchestrations in one SQLite file, in tables that a person can query: {@code instances}, {@code
 * history}, {@code open_tasks}, {@code open_timers}, {@code inbox} and {@code payload_types} are
 * views with words for states and ISO 8601 for times, safe to read from any SQLite client while the
 * store is open.
 *
 * <p>An update replaces all of an instance's row but its id, which never changes under a number.
 */
public final class SqliteOrchestrationStore implements OrchestrationStore {

  private final SqliteStore<RowMutation> store;
  private final BlockingQueue<BodyCodec> codecs;

  private SqliteOrchestrationStore(SqliteStore<RowMutation> store, SqliteOptions options) {
    this.store = store;
    this.codecs = new ArrayBlockingQueue<>(options.readers());
  }

  /**
   * Opens a store, and creates it if there is none.
   *
   * @param file where it is; its directory exists
   * @param storeId which store is expected there, or made
   * @param options how to use SQLite
   * @throws SqliteOpenException if it cannot be opened; the message says what to do
   */
  public static SqliteOrchestrationStore open(Path file, UUID storeId, SqliteOptions options)
      throws SqliteOpenException {
    return new SqliteOrchestrationStore(
        SqliteStore.open(file, storeId, new OrchestrationTables(), options), options);
  }

  @Override
  public RecordId applied() {
    return store.applied();
  }

  @Override
  public long durablePosition() {
    return store.durablePosition();
  }

  @Override
  public void apply(List<? extends RowMutation> mutations, RecordId last, CommitMode mode)
      throws StoreException {
    store.apply(mutations, last, mode);
  }

  @Override
  public void setAside(RecordId record, byte[] body, String why) throws StoreException {
    store.setAside(record, body, why);
  }

  @Override
  public CheckpointOutcome checkpoint(CheckpointMode mode) throws StoreException {
    return store.checkpoint(mode);
  }

  @Override
  public long uncheckpointedBytes() {
    return store.uncheckpointedBytes();
  }

  @Override
  public OrchestrationReader read() throws StoreException {
    SqlReader reader = store.read();
    @Nullable BodyCodec used = codecs.poll();
    return new OrchestrationView(reader, used == null ? new BodyCodec() : used, codecs::offer);
  }

  @Override
  public void close() throws StoreException {
    store.close();
  }
}
