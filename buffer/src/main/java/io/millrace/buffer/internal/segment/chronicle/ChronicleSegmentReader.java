package io.millrace.buffer.internal.segment.chronicle;

import io.millrace.buffer.internal.segment.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A segment as plain bytes; no Chronicle in it. */
final class ChronicleSegmentReader implements SegmentReader {

  private final FileChannel channel;

  ChronicleSegmentReader(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer into, long offset) throws IOException {
    int total = 0;
    while (into.hasRemaining()) {
      int read = channel.read(into, offset + total);
      if (read <= 0) {
        break;
      }
      total += read;
    }
    return total;
  }

  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
