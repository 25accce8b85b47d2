package io.millrace.buffer.internal.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One segment as plain bytes, the filling's own among them. One thread. */
public interface SegmentReader extends Closeable {

  /**
   * Reads from a place in the file.
   *
   * @param into takes as much as it has room for, or as there is
   * @param offset from 0
   * @return how many bytes were read, 0 at or past the end
   * @throws IOException if the disk refused
   */
  int read(ByteBuffer into, long offset) throws IOException;

  /** Returns the length of the file in bytes, reserved blocks included. */
  long length() throws IOException;

  /** Returns a length in bytes that no file of this kind was ever made shorter than. */
  default long lengthMin() {
    return 0;
  }

  @Override
  void close() throws IOException;
}
