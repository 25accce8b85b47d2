package io.millrace.buffer.internal.batcher;

import io.millrace.storage.KeyedMutationCodec;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import java.util.List;
import java.util.function.Supplier;

/**
 * Folds the records of one batch as they come from the journal (rule R12). One thread.
 *
 * @param <M> mutations
 */
public interface RecordFolder<M extends Mutation> {

  /**
   * Returns the folder that suits a codec: one that folds forms if the codec can tell their keys,
   * else one that decodes each and folds the mutations.
   *
   * @param codec the calling thread's
   * @param coalescers makes what folds mutations
   */
  static <M extends Mutation> RecordFolder<M> of(
      MutationCodec<M> codec, Supplier<Coalescer<M>> coalescers) {
    return codec instanceof KeyedMutationCodec<M> keyed
        ? new FormFolder<>(keyed)
        : new DecodingFolder<>(codec, coalescers.get());
  }

  /**
   * Adds the next record, in journal order.
   *
   * @param bytes holds the record; not kept
   * @throws MalformedMutationException if it cannot be read
   */
  void add(byte[] bytes, int offset, int length) throws MalformedMutationException;

  /**
   * Returns what is left, range deletes first; valid until {@link #clear}. Nothing is added behind
   * it.
   *
   * @throws MalformedMutationException if something that is left cannot be read
   */
  List<M> batch() throws MalformedMutationException;

  /** Returns how many mutations were added since {@link #clear}. */
  int added();

  /** Tells whether folding has become so costly that the batch should end here. */
  boolean isFull();

  /** Begins the next batch. */
  void clear();
}
