package io.millrace.buffer.internal.segment.chronicle;

import io.millrace.buffer.internal.segment.SegmentFolder;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wire;

/**
 * Chronicle's queue of this process life, with its one appender. One thread at a time: recovery's,
 * then the commit thread, then whoever closes when that has ended.
 */
final class GenerationQueue implements AutoCloseable {

  private static final String METADATA = "metadata.cq4t";

  /** How long Chronicle waits for a lock or a header that nobody else can hold. */
  private static final long TIMEOUT_MILLIS = 2_000;

  private final long generation;
  private final ChronicleGeometry geometry;
  private final SegmentClock clock;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;

  private GenerationQueue(
      long generation, ChronicleGeometry geometry, SegmentClock clock, SingleChronicleQueue queue) {
    this.generation = generation;
    this.geometry = geometry;
    this.clock = clock;
    this.queue = queue;
    this.appender = queue.createAppender();
    // Recovery copies on the opening thread, then the commit thread goes on: one at a time, but
    // both alive, which Chronicle's own check refuses.
    appender.singleThreadedCheckDisabled(true);
  }

  /**
   * Begins a generation in a folder that holds no segment.
   *
   * @throws IOException if it holds one, or Chronicle cannot write there
   */
  static GenerationQueue begin(SegmentFolder segments, long generation, ChronicleGeometry geometry)
      throws IOException {
    segments.makeGeneration(generation);
    Path folder = segments.generation(generation);
    sweep(folder);
    SegmentClock clock = new SegmentClock();
    SingleChronicleQueueBuilder builder =
        SingleChronicleQueueBuilder.binary(folder)
            .blockSize(geometry.blockBytes())
            .rollCycle(SegmentClock.CYCLE)
            .timeProvider(clock)
            .timeoutMS(TIMEOUT_MILLIS)
            .checkInterrupts(false);
    SingleChronicleQueue queue = builder.build();
    // A builder that cannot write falls back to reading, and says so only in the log.
    if (builder.readOnly()) {
      queue.close();
      throw new IOException(
          "Chronicle fell back to a read-only queue, folder="
              + folder
              + "; its log names the cause, most often a missing JVM flag or file mode");
    }
    makePrivate(folder.resolve(METADATA));
    return new GenerationQueue(generation, geometry, clock, queue);
  }

  /** Removes what a life left that died before its first segment. */
  private static void sweep(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (!name.equals(METADATA)) {
          throw new IOException(
              "a new generation's folder must be empty, expected only "
                  + METADATA
                  + ", folder="
                  + folder
                  + " file="
                  + name);
        }
        Files.delete(file);
      }
    }
  }

  private static void makePrivate(Path file) throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  long generation() {
    return generation;
  }

  /**
   * Makes Chronicle leave the current file, map the one that lies ready for a segment, and write
   * its header there. It does so in an append only, so four zeros are appended, which a reader of
   * frames skips. (A document that is begun and rolled back would map the file too, but leaves the
   * appender at the position of the file before.)
   *
   * @throws IOException if Chronicle took another file, or changed the length of this one
   */
  void rollTo(int number, Path file) throws IOException {
    clock.moveTo(number);
    try (DocumentContext excerpt = appender.writingDocument()) {
      bytesOf(excerpt).writeInt(0);
    }
    File current = appender.currentFile();
    if (current == null || !Files.isSameFile(current.toPath(), file)) {
      throw new IOException(
          "Chronicle rolled to another file, expected=" + file + " file=" + current);
    }
    if (Files.size(file) != geometry.fileBytes()) {
      throw new IOException(
          "Chronicle changed the length of a reserved file, expected="
              + geometry.fileBytes()
              + " bytes="
              + Files.size(file)
              + " file="
              + file);
    }
  }

  /**
   * Appends one excerpt. Chronicle finds its place and writes its header; what is in it goes there
   * through the file's descriptor. Written through the mapping, each of its pages would cost a
   * fault, and at the next force an interrupt of every other processor, to be protected again.
   *
   * @param file the current file's
   */
  void append(ByteBuffer bytes, FileChannel file) throws IOException {
    try (DocumentContext excerpt = appender.writingDocument()) {
      Bytes<?> place = bytesOf(excerpt);
      int length = bytes.remaining();
      long at = place.writePosition();
      while (bytes.hasRemaining()) {
        at += file.write(bytes, at);
      }
      place.writeSkip(length);
    }
  }

  private static Bytes<?> bytesOf(DocumentContext excerpt) {
    Wire wire = excerpt.wire();
    if (wire == null) {
      throw new IllegalStateException("Chronicle began an excerpt without a place for it");
    }
    return wire.bytes();
  }

  /** Returns the offset behind the last append in the current file. */
  long end() {
    return appender.wire().bytes().writePosition();
  }

  @Override
  public void close() {
    queue.close();
    BackgroundResourceReleaser.releasePendingResources();
  }
}
