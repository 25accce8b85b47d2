package io.millrace.jmh.ladder;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentWriter;
import io.millrace.buffer.internal.segment.chronicle.ChronicleGeometry;
import io.millrace.buffer.internal.segment.chronicle.ChronicleSegmentStorage;
import io.millrace.buffer.internal.stage.RecordBody;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/** A journal as plain as can be: length, checksum, commands; one append for a batch. */
final class PlainJournal implements AutoCloseable {

  private static final long SEGMENT_BYTES = 64L << 20;
  private static final int HEADER_BYTES = 8;

  private final MutationCodec<RowMutation> codec = RowMutationCodec.factory().newCodec();
  private final RecordBody body = new RecordBody();
  private final CRC32C checksum = new CRC32C();
  private final ChronicleSegmentStorage storage;
  private final ByteBuffer batch;
  private SegmentName name = new SegmentName(1, 1);
  private SegmentWriter writer;
  // written by: the writing thread; read once it has ended
  private long bytes;
  private long forces;

  PlainJournal(Path folder) throws IOException {
    storage =
        ChronicleSegmentStorage.open(
            Files.createDirectories(folder), ChronicleGeometry.holding(SEGMENT_BYTES));
    batch = ByteBuffer.allocateDirect(storage.appendBytesMax() & ~3);
    writer = storage.create(name);
  }

  void add(List<RowMutation> command) throws IOException {
    body.encode(command, codec, Integer.MAX_VALUE);
    int padded = (HEADER_BYTES + body.length() + 3) & ~3;
    if (padded > batch.remaining()) {
      append();
    }
    checksum.reset();
    checksum.update(body.bytes(), 0, body.length());
    int end = batch.position() + padded;
    batch
        .putInt(body.length())
        .putInt((int) checksum.getValue())
        .put(body.bytes(), 0, body.length());
    batch.position(end);
  }

  void append() throws IOException {
    batch.flip();
    bytes += batch.limit();
    if (batch.hasRemaining()) {
      if (writer.remainingBytes() < batch.limit()) {
        force();
        writer.close();
        name = name.next();
        writer = storage.create(name);
      }
      writer.append(batch);
    }
    batch.clear();
  }

  void force() throws IOException {
    writer.force();
    forces++;
  }

  long bytes() {
    return bytes;
  }

  long forces() {
    return forces;
  }

  @Override
  public void close() throws IOException {
    writer.close();
    storage.close();
  }
}
