package io.millrace.buffer.internal.segment.files;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The {@link SegmentStorage} of plain files. A segment's blocks are written with zeros and forced
 * before it is used, so that an append neither meets a full disk nor changes the file's length, and
 * a force moves only what was appended.
 *
 * <p>One owner at a time, who holds the directory's lock: opening removes what a killed process had
 * prepared and not used.
 */
public final class FilesSegmentStorage implements SegmentStorage {

  /** How much one segment takes if nothing else is asked for. */
  public static final long DEFAULT_SEGMENT_BYTES = 64L << 20;

  /** How much one append takes if nothing else is asked for. */
  public static final int DEFAULT_APPEND_BYTES_MAX = 1 << 20;

  private static final int FILL_CHUNK_BYTES = 1 << 20;

  private final Path root;
  private final SegmentFolder folder;
  private final long segmentBytes;
  private final int appendBytesMax;

  /** One at a time makes files; create on the commit thread meets prepare on another. */
  private final Object making = new Object();

  /**
   * Opens a folder.
   *
   * @param root the {@code journal} folder, there already, mode 0700
   * @param segmentBytes how many bytes of frames one segment takes
   * @param appendBytesMax the most that one append takes, a multiple of 4
   * @throws IOException if the folder cannot be read or tidied
   */
  public FilesSegmentStorage(Path root, long segmentBytes, int appendBytesMax) throws IOException {
    if (appendBytesMax < 4 || appendBytesMax % 4 != 0 || segmentBytes < appendBytesMax) {
      throw new IllegalArgumentException(
          "expected 4 <= appendBytesMax <= segmentBytes and a multiple of 4, appendBytesMax="
              + appendBytesMax
              + " segmentBytes="
              + segmentBytes);
    }
    this.root = root;
    this.folder = new SegmentFolder(root);
    this.segmentBytes = segmentBytes;
    this.appendBytesMax = appendBytesMax;
    folder.sweep();
  }

  @Override
  public List<SegmentName> list() throws IOException {
    return folder.list();
  }

  @Override
  public void prepare(SegmentName name) throws IOException {
    synchronized (making) {
      Path ready = folder.file(name, SegmentFolder.READY);
      if (Files.exists(ready) || Files.exists(folder.file(name, SegmentFolder.SEGMENT))) {
        return;
      }
      folder.makeGeneration(name.generation());
      Path filling = folder.file(name, SegmentFolder.FILLING);
      Files.deleteIfExists(filling);
      try (FileChannel channel = SegmentFolder.createNew(filling)) {
        fill(channel, fileBytes());
        channel.force(true);
      } catch (IOException | RuntimeException e) {
        remove(filling, e);
        throw new IOException(
            "cannot reserve a journal segment, file="
                + filling
                + " bytes="
                + fileBytes()
                + ": "
                + e.getMessage(),
            e);
      }
      Files.move(filling, ready, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public boolean isPrepared(SegmentName name) {
    return Files.exists(folder.file(name, SegmentFolder.READY));
  }

  @Override
  public SegmentWriter create(SegmentName name) throws IOException {
    synchronized (making) {
      Path segment = folder.file(name, SegmentFolder.SEGMENT);
      if (Files.exists(segment)) {
        throw new FileAlreadyExistsException(segment.toString());
      }
      prepare(name);
      Files.move(folder.file(name, SegmentFolder.READY), segment, StandardCopyOption.ATOMIC_MOVE);
      SegmentFolder.forceDirectory(folder.generation(name.generation()));
      return new FileSegmentWriter(
          segment,
          FileChannel.open(segment, StandardOpenOption.WRITE),
          segmentBytes,
          appendBytesMax);
    }
  }

  @Override
  public SegmentReader open(SegmentName name) throws IOException {
    Path segment = folder.file(name, SegmentFolder.SEGMENT);
    return new FileSegmentReader(segment, FileChannel.open(segment, StandardOpenOption.READ));
  }

  @Override
  public void delete(SegmentName name) throws IOException {
    Path generation = folder.generation(name.generation());
    if (!Files.isDirectory(generation)) {
      return;
    }
    Files.deleteIfExists(folder.file(name, SegmentFolder.SEGMENT));
    boolean last =
        folder.list().stream().noneMatch(other -> other.generation() == name.generation());
    if (!last || !folder.sweepGeneration(generation)) {
      SegmentFolder.forceDirectory(generation);
    }
  }

  @Override
  public long segmentBytes() {
    return segmentBytes;
  }

  @Override
  public int appendBytesMax() {
    return appendBytesMax;
  }

  @Override
  public String describe(SegmentName name) {
    return folder.file(name, SegmentFolder.SEGMENT).toString();
  }

  @Override
  public long usableBytes() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  /** Removes what was prepared and not used, so that a life that wrote nothing leaves nothing. */
  @Override
  public void close() throws IOException {
    synchronized (making) {
      folder.sweep();
    }
  }

  private long fileBytes() {
    return segmentBytes + appendBytesMax;
  }

  private static void fill(FileChannel channel, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(FILL_CHUNK_BYTES, bytes));
    long done = 0;
    while (done < bytes) {
      zeros.position(0).limit((int) Math.min(zeros.capacity(), bytes - done));
      done += channel.write(zeros, done);
    }
  }

  private static void remove(Path file, Exception cause) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
