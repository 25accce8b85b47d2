package io.millrace.buffer.internal.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The end of one segment. One thread. After any exception from {@link #append} or {@link #force}
 * the state of the file is unknown: never call either again (invariant I6).
 */
public interface SegmentWriter extends Closeable {

  /**
   * Appends bytes so that they survive a killed process. They lie contiguously in the file, at a
   * multiple of 4; between two appends there may be bytes of the filling's own.
   *
   * @param bytes from position to limit, all consumed; a multiple of 4, at most {@link
   *     SegmentStorage#appendBytesMax()}
   * @throws IOException or, from a mapped file on a full disk, {@link InternalError}
   */
  void append(ByteBuffer bytes) throws IOException;

  /**
   * Returns once everything appended survives power loss. Blocks for the disk.
   *
   * @throws IOException if the disk refused; what became of the bytes is unknown, and trying again
   *     proves nothing
   */
  void force() throws IOException;

  /**
   * Returns how many bytes this segment still takes, about; {@link #append} may go over it by one
   * append.
   */
  long remainingBytes();

  /**
   * Returns how long the file is: from before its first byte to its end the same, and on the disk
   * before the file had its name. So a shorter one was cut off, and not by a crash.
   */
  long fileBytes();

  /** Closes without forcing. Idempotent. */
  @Override
  void close() throws IOException;
}
