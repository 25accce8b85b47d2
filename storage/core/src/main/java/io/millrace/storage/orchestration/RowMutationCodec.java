package io.millrace.storage.orchestration;

import io.millrace.storage.ByteSink;
import io.millrace.storage.FormKey;
import io.millrace.storage.KeyedMutationCodec;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.internal.kryo.Form;
import io.millrace.storage.internal.kryo.FormScratch;
import io.millrace.storage.internal.kryo.KeyReader;
import java.util.Objects;

/**
 * The bytes of {@link RowMutation}s, as the journal carries them. The layout is described in the
 * package that makes them, {@code io.millrace.storage.internal.kryo}, in its class {@code
 * RowLayout}; every version ever written stays readable.
 *
 * <p>Belongs to one thread.
 */
public final class RowMutationCodec implements KeyedMutationCodec<RowMutation> {

  /** The largest form that {@link #encode} writes, in bytes. */
  public static final int ENCODED_BYTES_MAX = FormScratch.ENCODED_BYTES_MAX;

  /**
   * How deep {@link Failure.ChildFailed}s may stand in one another. Whoever builds them cuts the
   * chain here.
   */
  public static final int FAILURE_NESTING_MAX = FormScratch.FAILURE_NESTING_MAX;

  private final FormScratch scratch = new FormScratch();
  private final KeyReader keys = new KeyReader();

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

  @Override
  public void readKey(byte[] bytes, int offset, int length, FormKey into)
      throws MalformedMutationException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (!keys.read(bytes, offset, length, into)) {
      RowMutation mutation = decode(bytes, offset, length);
      if (mutation.key() instanceof RowKey key) {
        into.set(mutation.kind(), key.table().code(), key.number(), key.sub());
      } else {
        into.set(mutation.kind(), 0, 0, 0);
      }
    }
  }

  @Override
  public boolean covers(RowMutation range, FormKey key) {
    return range.covers(new RowKey(Table.ofCode(key.group()), key.number(), key.sub()));
  }
}
