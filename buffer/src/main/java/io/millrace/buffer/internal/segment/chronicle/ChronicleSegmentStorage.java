package io.millrace.buffer.internal.segment.chronicle;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.internal.directory.DirectoryPlace;
import io.millrace.buffer.internal.segment.SegmentFolder;
import io.millrace.buffer.internal.segment.SegmentFolder.Form;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import io.millrace.buffer.internal.segment.SpareSegments;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import org.jspecify.annotations.Nullable;

/**
 * Segments as Chronicle Queue files: one queue for each generation, one roll-cycle file for each
 * segment. A file of zeros on real blocks is renamed to the name of the next cycle just before
 * Chronicle maps it; Chronicle takes a file whose first word is zero for a new one and writes its
 * header into it, so from then on neither its length nor its blocks change.
 *
 * <p>Threads: as {@link SegmentStorage} says; the thread that calls {@link #create} also uses the
 * writers, and {@link #close} is called when it has ended.
 */
public final class ChronicleSegmentStorage implements SegmentStorage {

  private final SegmentFolder folder;
  private final ChronicleGeometry geometry;
  private final SpareSegments spares;
  private final FileStore fileStore;

  /** Written by: commit thread. Read by the one that deletes. */
  private volatile @Nullable GenerationQueue queue;

  private ChronicleSegmentStorage(Path root, ChronicleGeometry geometry) throws IOException {
    this.folder = new SegmentFolder(root);
    this.geometry = geometry;
    this.spares = new SpareSegments(root, geometry.fileBytes());
    this.fileStore = Files.getFileStore(root);
    folder.sweep();
  }

  /**
   * Opens the folder of the generations. Reads and tidies; opens nothing with Chronicle.
   *
   * @param root an existing folder
   * @param geometry the form of new segments; old ones may have had another
   * @throws BufferOpenException if JVM flags are missing
   * @throws IOException if the folder cannot be read
   */
  public static ChronicleSegmentStorage open(Path root, ChronicleGeometry geometry)
      throws IOException {
    JvmFlags.read().require();
    QuietChronicle.load();
    return new ChronicleSegmentStorage(root, geometry);
  }

  @Override
  public List<SegmentName> list() throws IOException {
    return folder.list();
  }

  @Override
  public void prepare(SegmentName name) throws IOException {
    if (folder.find(name) == null) {
      spares.prepare(name);
    }
  }

  @Override
  public boolean isPrepared(SegmentName name) {
    return spares.isPrepared(name);
  }

  @Override
  public SegmentWriter create(SegmentName name) throws IOException {
    Path file = folder.file(name, Form.CHRONICLE);
    if (folder.find(name) != null) {
      throw new FileAlreadyExistsException(file.toString(), null, "segments are made once");
    }
    GenerationQueue active = queueOf(name.generation());
    spares.take(name, file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      DirectoryPlace.force(folder.generation(name.generation()));
      active.rollTo(name.number(), file);
      return new ChronicleSegmentWriter(active, geometry, file, channel);
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  private GenerationQueue queueOf(long generation) throws IOException {
    GenerationQueue active = queue;
    if (active != null && active.generation() == generation) {
      return active;
    }
    if (active != null) {
      queue = null;
      active.close();
    }
    GenerationQueue begun = GenerationQueue.begin(folder, generation, geometry);
    queue = begun;
    return begun;
  }

  @Override
  public SegmentReader open(SegmentName name) throws IOException {
    return folder.open(name);
  }

  @Override
  public void delete(SegmentName name) throws IOException {
    // Mapped pages and open descriptors would keep the blocks after the name has gone.
    BackgroundResourceReleaser.releasePendingResources();
    GenerationQueue active = queue;
    folder.delete(name, active != null && active.generation() == name.generation());
  }

  @Override
  public long segmentBytes() {
    return geometry.segmentBytes();
  }

  @Override
  public int appendBytesMax() {
    return geometry.appendBytesMax();
  }

  @Override
  public String describe(SegmentName name) {
    Path found = folder.find(name);
    return String.valueOf(found == null ? folder.file(name, Form.CHRONICLE) : found);
  }

  @Override
  public long usableBytes() throws IOException {
    return fileStore.getUsableSpace();
  }

  /** Closes Chronicle's queue without forcing; writers must be closed. Idempotent. */
  @Override
  public void close() throws IOException {
    GenerationQueue active = queue;
    queue = null;
    if (active != null) {
      active.close();
    }
    spares.close();
  }
}
