package io.millrace.buffer;

import io.millrace.buffer.internal.pipeline.DataDirectories;
import io.millrace.buffer.internal.pipeline.MemoryPipelines;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.Store;
import java.nio.file.Path;

/** Opens pipelines. */
public final class Pipelines {

  private Pipelines() {}

  /**
   * Opens a data directory and recovers it: locks it, opens the store, verifies the journal, copies
   * forward and forces what was never forced, and replays everything into the store. Blocks until
   * that is done.
   *
   * @param directory the data directory; made if absent
   * @param store opens the store in it
   * @param codec makes codecs for the journal's records
   * @param options checked against each other when they were built
   * @return what was recovered; the caller closes it, or what it {@link RecoveredPipeline#start
   *     starts}, and with it directory, journal and store
   * @throws BufferOpenException if the directory, the journal or the store cannot be opened, or do
   *     not belong together; nothing is left open
   */
  public static <M extends Mutation, S extends Store<M>> RecoveredPipeline<M, S> recover(
      Path directory, StoreOpener<S> store, MutationCodec.Factory<M> codec, BufferOptions options) {
    return DataDirectories.recover(directory, store, codec, options);
  }

  /**
   * Starts a pipeline without directory and journal: the commit thread applies the mutations
   * straight to the store. It knows {@link Durability#ACCEPTED} only; a command that asks for more
   * gets an {@link UnreachableDurabilityException}. A wait for {@link Durability#APPLIED} is
   * allowed, as the barrier before a read of the store: here it promises visibility alone. Its
   * {@link Progress} counts what the store has applied as appended and synced too.
   *
   * @param store where mutations go; the pipeline closes it
   * @param decider called by the decide thread
   * @param options the journal's and the flusher's are not used; the level must be {@link
   *     Durability#ACCEPTED}
   * @throws UnreachableDurabilityException if the options' level is higher
   */
  public static <C, M extends Mutation> CommandPipeline<C> inMemory(
      Store<M> store, Decider<C, M> decider, BufferOptions options) {
    return MemoryPipelines.start(store, decider, options);
  }
}
