package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Decision;
import io.millrace.buffer.internal.stage.RecordBody;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;

/**
 * Gives a decision the bytes of its record. Decide thread.
 *
 * @param <M> mutations
 */
public interface RecordEncoder<M extends Mutation> {

  /**
   * Encodes.
   *
   * @return how many bytes the record has; if above {@link #bytesMax}, at least so many
   */
  long encode(Decision<M> decision, RecordBody to);

  /** Returns the most bytes a record may have. */
  long bytesMax();

  /** Returns one that encodes for a journal. */
  static <M extends Mutation> RecordEncoder<M> journal(MutationCodec<M> codec, long bytesMax) {
    return new RecordEncoder<>() {
      @Override
      public long encode(Decision<M> decision, RecordBody to) {
        to.clear();
        if (!decision.mutations().isEmpty()) {
          to.encode(decision.mutations(), codec, bytesMax);
        }
        return to.length();
      }

      @Override
      public long bytesMax() {
        return bytesMax;
      }
    };
  }

  /** Returns one that encodes nothing, where there is no journal. */
  static <M extends Mutation> RecordEncoder<M> none() {
    return new RecordEncoder<>() {
      @Override
      public long encode(Decision<M> decision, RecordBody to) {
        return 0;
      }

      @Override
      public long bytesMax() {
        return Long.MAX_VALUE;
      }
    };
  }
}
