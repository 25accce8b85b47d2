package io.millrace.storage;

import java.util.List;

/**
 * A place that applies batches of mutations and remembers how far it has come. A batch and the
 * identity of its last record commit in one transaction, so after any crash the store stands
 * exactly at {@link #applied()}: no record at or below it is missing, none above it is there
 * (invariant I2).
 *
 * <p>Threads: one thread, the writer, calls {@link #apply}, {@link #checkpoint} and {@link #close};
 * {@link #applied()} and {@link #durablePosition()} may be read by any thread.
 *
 * @param <M> the family of mutations that this store understands
 */
public interface Store<M extends Mutation> extends AutoCloseable {

  /**
   * Returns the record applied last, {@link RecordId#NONE} in a store that never applied one. Does
   * not block.
   */
  RecordId applied();

  /**
   * Returns the highest position that survives power loss in this store by itself, so that the
   * journal up to it is no longer needed (invariant I5). It is 0 until this life has seen a
   * complete checkpoint or a synced commit (rule R9), and never moves back. Does not block.
   */
  long durablePosition();

  /**
   * Applies mutations in order and moves {@link #applied()} to {@code last}, all or nothing. Blocks
   * for the transaction.
   *
   * @param mutations what to change, at most one for each key, range deletes first; may be empty
   * @param last the identity of the last journal record that the mutations come from; its position
   *     is above the current one
   * @param mode whether the commit itself must survive power loss
   * @throws IllegalArgumentException if {@code last} is not above {@link #applied()}: the record
   *     was applied before (invariant I2); nothing changed
   * @throws StoreException.Busy if an outside process holds the store; nothing changed, the same
   *     call may be repeated
   * @throws StoreException.Full if there is no space; nothing changed, the same call may be
   *     repeated
   * @throws StoreException.Rejected if a mutation cannot be applied; nothing changed, and repeating
   *     is useless
   * @throws StoreException.Failed if the outcome is unknown or the store is damaged; the store must
   *     be closed. Also if it is closed already
   */
  void apply(List<? extends M> mutations, RecordId last, CommitMode mode) throws StoreException;

  /**
   * Moves {@link #applied()} over a record that cannot be applied, and keeps that record, with the
   * reason, for a person to look at (rule R11). Asked for by a person, never by the flusher. On
   * return it survives power loss.
   *
   * @param record the one after {@link #applied()}
   * @param body its content, as it stands in the journal
   * @param why it cannot be applied
   * @throws StoreException as {@link #apply}; {@link StoreException.Failed} from a store that
   *     cannot keep such a record, and nothing changed
   */
  default void setAside(RecordId record, byte[] body, String why) throws StoreException {
    throw new StoreException.Failed(
        "this kind of store cannot set a record aside, store=" + getClass().getName(), null);
  }

  /**
   * Moves what was committed to where it survives power loss.
   *
   * @param mode how hard to try
   * @return what was reached; an incomplete checkpoint (a reader stood in the way) is no fault
   * @throws StoreException as {@link #apply}
   */
  CheckpointOutcome checkpoint(CheckpointMode mode) throws StoreException;

  /**
   * Returns how many bytes a checkpoint would have to move now. Any thread; does not block; may be
   * stale.
   */
  long uncheckpointedBytes();

  /**
   * Gives back files and connections. Idempotent. What was committed stays committed; whether it is
   * durable is what {@link #durablePosition()} last said.
   *
   * @throws StoreException.Failed if something could not be released
   */
  @Override
  void close() throws StoreException;

  /** How a transaction commits. */
  enum CommitMode {
    /**
     * It survives a killed process; power loss may take it back, and the journal brings it again.
     */
    NORMAL,
    /**
     * It, and all before it, survive power loss: on return {@link Store#durablePosition()} has
     * reached it.
     */
    SYNCED
  }

  /** How hard a checkpoint tries. */
  enum CheckpointMode {
    /** Moves what it can without waiting for readers. */
    PASSIVE,
    /** Also empties the write-ahead file; for a quiet moment. */
    TRUNCATE
  }

  /**
   * What a checkpoint reached.
   *
   * @param complete whether everything committed before it is now durable
   * @param bytesMoved how much it moved
   */
  record CheckpointOutcome(boolean complete, long bytesMoved) {}
}
