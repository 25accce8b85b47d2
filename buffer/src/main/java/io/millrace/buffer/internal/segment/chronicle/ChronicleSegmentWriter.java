package io.millrace.buffer.internal.segment.chronicle;

import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The end of the segment that Chronicle is writing. Writes and forces through a descriptor of our
 * own, opened before the first append and kept for the file's life: it covers every page of the
 * file whichever block it was mapped in, and it reports what failed, which Chronicle's own sync
 * does not.
 */
final class ChronicleSegmentWriter implements SegmentWriter {

  private final GenerationQueue queue;
  private final ChronicleGeometry geometry;
  private final Path file;
  private final FileChannel channel;
  private boolean closed; // written by: commit thread

  ChronicleSegmentWriter(
      GenerationQueue queue, ChronicleGeometry geometry, Path file, FileChannel channel) {
    this.queue = queue;
    this.geometry = geometry;
    this.file = file;
    this.channel = channel;
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    if (length % 4 != 0 || length > geometry.appendBytesMax()) {
      throw new IllegalArgumentException(
          "an append takes a multiple of 4 and at most appendBytesMax="
              + geometry.appendBytesMax()
              + ", bytes="
              + length);
    }
    if (closed || remainingBytes() == 0) {
      throw new IllegalStateException(
          "segment is " + (closed ? "closed" : "full") + ", file=" + file + "; create the next");
    }
    if (length == 0) {
      return;
    }
    try {
      queue.append(bytes, channel);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void force() throws IOException {
    try {
      channel.force(false);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    }
  }

  private IOException interrupted(ClosedByInterruptException cause) {
    return new IOException(
        "an interrupt closed the journal file; the journal's threads must never be interrupted,"
            + " file="
            + file,
        cause);
  }

  @Override
  public long remainingBytes() {
    return Math.max(0, geometry.lastStart() - queue.end());
  }

  @Override
  public long fileBytes() {
    return geometry.fileBytes();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    channel.close();
  }
}
