package io.millrace.jmh.journal;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import io.millrace.buffer.internal.segment.chronicle.ChronicleGeometry;
import io.millrace.buffer.internal.segment.chronicle.ChronicleSegmentStorage;
import io.millrace.buffer.internal.segment.files.FilesSegmentStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A place to append records to, one thread. */
interface Appender extends AutoCloseable {

  /** What holds the bytes. */
  enum Kind {
    /** Chronicle's mapped files, through the seam of the journal. */
    CHRONICLE,
    /** Plain files whose blocks were written before, through the same seam. */
    FILES,
    /** A plain file that grows with each append, and no seam: what everyone writes first. */
    GROWING_FILE;

    Appender open(Path folder) throws IOException {
      return switch (this) {
        case CHRONICLE ->
            new Segments(
                ChronicleSegmentStorage.open(folder, ChronicleGeometry.holding(SEGMENT_BYTES)));
        case FILES ->
            new Segments(new FilesSegmentStorage(folder, SEGMENT_BYTES, APPEND_BYTES_MAX));
        case GROWING_FILE -> new Growing(folder.resolve("log"));
      };
    }
  }

  /** As the journal has it. */
  long SEGMENT_BYTES = 32L << 20;

  /** The largest record of the suite. */
  int APPEND_BYTES_MAX = 1 << 20;

  void append(ByteBuffer bytes) throws IOException, InterruptedException;

  void force() throws IOException;

  @Override
  void close() throws IOException;

  /** Segments, the next of which is reserved by a thread beside, as in the journal. */
  final class Segments implements Appender {

    private final SegmentStorage storage;
    private final ExecutorService preparer =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "bench-prepare"));
    private SegmentName name = new SegmentName(1, 1);
    private SegmentWriter writer;
    private Future<?> prepared;

    Segments(SegmentStorage storage) throws IOException {
      this.storage = storage;
      writer = storage.create(name);
      prepared = prepareNext();
    }

    private Future<?> prepareNext() {
      SegmentName next = name.next();
      return preparer.submit(
          () -> {
            storage.prepare(next);
            return null;
          });
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException, InterruptedException {
      if (writer.remainingBytes() < bytes.remaining()) {
        roll();
      }
      writer.append(bytes);
    }

    private void roll() throws IOException, InterruptedException {
      writer.force();
      writer.close();
      try {
        var unused = prepared.get();
      } catch (ExecutionException e) {
        throw new IOException("expected a segment to be reserved, name=" + name.next(), e);
      }
      storage.delete(name);
      name = name.next();
      writer = storage.create(name);
      prepared = prepareNext();
    }

    @Override
    public void force() throws IOException {
      writer.force();
    }

    @Override
    public void close() throws IOException {
      preparer.shutdown();
      try {
        var unused = prepared.get();
      } catch (ExecutionException | InterruptedException e) {
        throw new IOException("expected a segment to be reserved, name=" + name.next(), e);
      }
      writer.close();
      storage.close();
    }
  }

  /** One file. */
  final class Growing implements Appender {

    private final FileChannel channel;
    private long length;

    Growing(Path file) throws IOException {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      if (length > SEGMENT_BYTES) {
        channel.truncate(0);
        length = 0;
      }
      while (bytes.hasRemaining()) {
        length += channel.write(bytes, length);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
