package io.millrace.jmh.codec;

import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import java.util.Arrays;

/** The engine's own form. */
public final class KryoForm implements RowForm {

  private static final byte[] EMPTY = {};

  private final MutationCodec<RowMutation> codec = RowMutationCodec.factory().newCodec();
  private byte[] last = EMPTY;

  /** Makes one. */
  public KryoForm() {}

  @Override
  public byte[] encode(RowMutation row) {
    codec.encode(
        row, (bytes, offset, length) -> last = Arrays.copyOfRange(bytes, offset, offset + length));
    return last;
  }

  @Override
  public RowMutation decode(byte[] bytes) throws MalformedMutationException {
    return codec.decode(bytes, 0, bytes.length);
  }
}
