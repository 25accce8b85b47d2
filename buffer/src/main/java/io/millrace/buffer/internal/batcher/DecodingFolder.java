package io.millrace.buffer.internal.batcher;

import io.millrace.buffer.internal.stage.RecordBody;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import java.util.List;

/** Decodes every mutation, then folds it. */
final class DecodingFolder<M extends Mutation> implements RecordFolder<M> {

  private final MutationCodec<M> codec;
  private final Coalescer<M> coalescer;

  DecodingFolder(MutationCodec<M> codec, Coalescer<M> coalescer) {
    this.codec = codec;
    this.coalescer = coalescer;
  }

  @Override
  public void add(byte[] bytes, int offset, int length) throws MalformedMutationException {
    RecordBody.decode(bytes, offset, length, codec, coalescer::add);
  }

  @Override
  public List<M> batch() {
    return coalescer.batch();
  }

  @Override
  public int added() {
    return coalescer.added();
  }

  @Override
  public boolean isFull() {
    return coalescer.isFull();
  }

  @Override
  public void clear() {
    coalescer.clear();
  }
}
