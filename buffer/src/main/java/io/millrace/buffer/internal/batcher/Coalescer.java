package io.millrace.buffer.internal.batcher;

import io.millrace.storage.Mutation;
import java.util.List;

/**
 * Folds the mutations of one batch, so that the store sees each key at most once (rule R12).
 * Whatever the cuts between batches, the rows that come out are the same. One thread.
 *
 * @param <M> mutations
 */
public interface Coalescer<M extends Mutation> {

  /** Adds the next mutation, in journal order. */
  void add(M mutation);

  /** Returns what is left, range deletes first; valid until the next call. */
  List<M> batch();

  /** Returns how many were added since {@link #clear}. */
  int added();

  /** Tells whether folding has become so costly that the batch should end here. */
  boolean isFull();

  /** Begins the next batch. */
  void clear();
}
