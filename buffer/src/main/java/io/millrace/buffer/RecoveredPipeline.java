package io.millrace.buffer;

import io.millrace.storage.Mutation;
import io.millrace.storage.Store;
import java.util.UUID;

/**
 * A data directory whose journal was verified and wholly replayed into the store, and that has not
 * begun to accept: the moment in which the owner of a {@link Decider} loads its state from the
 * store and sees everything. Then {@link #start} hands over to a {@link CommandPipeline}.
 *
 * <p>Not thread-safe; until {@link #start} the calling thread is the store's writer.
 *
 * @param <M> mutations
 * @param <S> the store
 */
public interface RecoveredPipeline<M extends Mutation, S extends Store<M>> extends AutoCloseable {

  /** Returns the store, brought up to the end of the journal. */
  S store();

  /** Returns the identity of the data directory, the same in all its lives. */
  UUID storeId();

  /** Returns the number of this process life, from 1, never used before. */
  long epoch();

  /** Returns the last position in journal and store; the first new record gets the next one. */
  long position();

  /** Returns what was found and done. */
  Recovery recovery();

  /**
   * Starts the threads and begins to accept. Once only. Afterwards the pipeline owns directory,
   * journal and store, and {@link #close} here does nothing.
   *
   * @param decider called by the decide thread from now on
   */
  <C> CommandPipeline<C> start(Decider<C, M> decider);

  /** Gives everything back without having accepted anything. Idempotent. */
  @Override
  void close();
}
