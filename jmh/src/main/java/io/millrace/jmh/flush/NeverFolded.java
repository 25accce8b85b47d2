package io.millrace.jmh.flush;

import io.millrace.storage.ByteSink;
import io.millrace.storage.FormKey;
import io.millrace.storage.KeyedMutationCodec;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;

/**
 * The engine's codec, but no two mutations seem to concern the same row, so that nothing is folded
 * away. One thread.
 */
final class NeverFolded implements KeyedMutationCodec<RowMutation> {

  private final KeyedMutationCodec<RowMutation> real;
  private long next;

  private NeverFolded(KeyedMutationCodec<RowMutation> real) {
    this.real = real;
  }

  static MutationCodec.Factory<RowMutation> factory() {
    return () -> {
      if (RowMutationCodec.factory().newCodec() instanceof KeyedMutationCodec<RowMutation> keyed) {
        return new NeverFolded(keyed);
      }
      throw new IllegalStateException("expected a codec that tells keys");
    };
  }

  @Override
  public void encode(RowMutation mutation, ByteSink sink) {
    real.encode(mutation, sink);
  }

  @Override
  public RowMutation decode(byte[] bytes, int offset, int length)
      throws MalformedMutationException {
    return real.decode(bytes, offset, length);
  }

  @Override
  public void readKey(byte[] bytes, int offset, int length, FormKey into)
      throws MalformedMutationException {
    real.readKey(bytes, offset, length, into);
    if (into.kind() == Mutation.Kind.DELETE_RANGE) {
      throw new IllegalArgumentException("expected a change of one row");
    }
    into.set(into.kind(), into.group(), next++, 0);
  }

  @Override
  public boolean covers(RowMutation range, FormKey key) {
    return real.covers(range, key);
  }
}
