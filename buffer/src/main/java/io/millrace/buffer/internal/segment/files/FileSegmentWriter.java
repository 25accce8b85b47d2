package io.millrace.buffer.internal.segment.files;

import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The end of one file. Its descriptor is opened before the first append and stays open, because
 * Linux reports a failed write-back once to each descriptor that was open then.
 */
final class FileSegmentWriter implements SegmentWriter {

  private final Path file;
  private final FileChannel channel;
  private final long segmentBytes;
  private final int appendBytesMax;

  /** Where the next append goes. Written by: the appending thread. */
  private long end;

  FileSegmentWriter(Path file, FileChannel channel, long segmentBytes, int appendBytesMax) {
    this.file = file;
    this.channel = channel;
    this.segmentBytes = segmentBytes;
    this.appendBytesMax = appendBytesMax;
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    if (bytes.remaining() % 4 != 0 || bytes.remaining() > appendBytesMax) {
      throw new IllegalArgumentException(
          "an append takes a multiple of 4 and at most appendBytesMax="
              + appendBytesMax
              + ", bytes="
              + bytes.remaining());
    }
    try {
      while (bytes.hasRemaining()) {
        end += channel.write(bytes, end);
      }
    } catch (ClosedByInterruptException e) {
      throw interrupted("append", e);
    }
  }

  @Override
  public void force() throws IOException {
    try {
      channel.force(false);
    } catch (ClosedByInterruptException e) {
      throw interrupted("force", e);
    }
  }

  @Override
  public long remainingBytes() {
    return segmentBytes - end;
  }

  @Override
  public long fileBytes() {
    return segmentBytes + appendBytesMax;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private IOException interrupted(String what, ClosedByInterruptException cause) {
    return new IOException(
        "an interrupt during "
            + what
            + " closed the journal file; the journal's threads must never be interrupted, file="
            + file,
        cause);
  }
}
