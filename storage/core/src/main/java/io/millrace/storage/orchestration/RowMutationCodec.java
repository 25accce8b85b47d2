package io.millrace.storage.orchestration;

import io.millrace.storage.ByteSink;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.internal.kryo.Form;
import io.millrace.storage.internal.kryo.FormScratch;

/**
 * The bytes of {@link RowMutation}s, as the journal carries them. The layout is described in the
 * package that makes them, {@code io.millrace.storage.internal.kryo}, in its class {@code
 * RowLayout}; every version ever written stays readable.
 *
 * <p>Belongs to one thread.
 */
public final class RowMutationCodec implements MutationCodec<RowMutation> {

  /** The largest form that {@link #encode} writes, in bytes. */
  public static final int ENCODED_BYTES_MAX = FormScratch.ENCODED_BYTES_MAX;

  /**
   * How deep {@link Failure.ChildFailed}s may stand in one another. Whoever builds them cuts the
   * chain here.
   */
  public static final int FAILURE_NESTING_MAX = FormScratch.FAILURE_NESTING_MAX;

  private final FormScratch scratch = new FormScratch();

  private RowMutationCodec() {}

  /** Returns what makes a codec for each thread that needs one. */
  public static Factory<RowMutation> factory() {
    return RowMutationCodec::new;
  }

  @Override
  public void encode(RowMutation mutation, ByteSink sink) {
    scratch.encode(Form.MUTATION, mutation, sink);
  }

  @Override
  public RowMutation decode(byte[] bytes, int offset, int length)
      throws MalformedMutationException {
    return scratch.decode(Form.MUTATION, bytes, offset, length);
  }
}
