package io.millrace.buffer.internal.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** One file, read by position, whatever wrote it. */
final class PlainSegmentReader implements SegmentReader {

  /** The file of Chronicle's smallest block, with the quarter that it maps beyond. */
  private static final long CHRONICLE_BYTES_MIN = 320L << 10;

  private final Path file;
  private final FileChannel channel;

  PlainSegmentReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer into, long offset) throws IOException {
    int total = 0;
    try {
      while (into.hasRemaining()) {
        int count = channel.read(into, offset + total);
        if (count <= 0) {
          break;
        }
        total += count;
      }
    } catch (ClosedByInterruptException e) {
      throw new IOException(
          "an interrupt during a read closed the journal file; the journal's threads must never be"
              + " interrupted, file="
              + file,
          e);
    }
    return total;
  }

  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public long lengthMin() {
    return file.toString().endsWith(SegmentFolder.CQ4) ? CHRONICLE_BYTES_MIN : 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
