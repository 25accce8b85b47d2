package io.millrace.jmh.codec;

import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.orchestration.RowMutation;
import java.io.IOException;

/** A way to write a mutation as bytes. Belongs to one thread. */
public interface RowForm {

  /** Returns the bytes of a mutation. */
  byte[] encode(RowMutation row) throws IOException;

  /** Returns what the bytes stand for. */
  Object decode(byte[] bytes) throws IOException, MalformedMutationException;

  /** Returns what {@link #decode} must return for a mutation that was written. */
  default Object same(RowMutation row) {
    return row;
  }
}
