package io.millrace.buffer.internal.segment.files;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The {@link SegmentStorage} of plain files. A segment's blocks are written with zeros and forced
 * before it is used, so that an append neither meets a full disk nor changes the file's length, and
 * a force moves only what was appended.
 *
 * <p>One owner at a time, who holds the directory's lock: opening uses again, or removes, what a
 * killed process had prepared.
 */
public final class FilesSegmentStorage implements SegmentStorage {

  /** How much one segment takes if nothing else is asked for. */
  public static final long DEFAULT_SEGMENT_BYTES = 64L << 20;

  /** How much one append takes if nothing else is asked for. */
  public static final int DEFAULT_APPEND_BYTES_MAX = 1 << 20;

  private final SegmentFolder folder;
  private final SpareSegments spares;
  private final long segmentBytes;
  private final int appendBytesMax;

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
    this.folder = new SegmentFolder(root);
    this.segmentBytes = segmentBytes;
    this.appendBytesMax = appendBytesMax;
    this.spares = new SpareSegments(root, segmentBytes + appendBytesMax);
    folder.sweep();
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
    Path segment = folder.file(name, Form.FILES);
    if (folder.find(name) != null) {
      throw new FileAlreadyExistsException(segment.toString(), null, "segments are made once");
    }
    folder.makeGeneration(name.generation());
    spares.take(name, segment);
    DirectoryPlace.force(folder.generation(name.generation()));
    return new FileSegmentWriter(
        segment, FileChannel.open(segment, StandardOpenOption.WRITE), segmentBytes, appendBytesMax);
  }

  @Override
  public SegmentReader open(SegmentName name) throws IOException {
    return folder.open(name);
  }

  @Override
  public void delete(SegmentName name) throws IOException {
    folder.delete(name, false);
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
    Path found = folder.find(name);
    return String.valueOf(found == null ? folder.file(name, Form.FILES) : found);
  }

  @Override
  public long usableBytes() throws IOException {
    return Files.getFileStore(folder.root()).getUsableSpace();
  }

  /** Keeps one spare file for the next life and removes the others. */
  @Override
  public void close() throws IOException {
    spares.close();
  }
}
