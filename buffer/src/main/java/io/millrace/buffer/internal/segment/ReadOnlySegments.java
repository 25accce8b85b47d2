package io.millrace.buffer.internal.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Segments to be looked at: whatever filling wrote them, and with nothing tidied, made or deleted.
 */
public final class ReadOnlySegments implements SegmentStorage {

  private static final long SEGMENT_BYTES = 1L << 30;
  private static final int APPEND_BYTES_MAX = 1 << 20;

  private final SegmentFolder folder;

  /** Looks at a {@code journal} folder, which may be absent: it then holds nothing. */
  public ReadOnlySegments(Path root) {
    this.folder = new SegmentFolder(root);
  }

  @Override
  public List<SegmentName> list() throws IOException {
    return Files.isDirectory(folder.root()) ? folder.list() : List.of();
  }

  @Override
  public void prepare(SegmentName name) throws IOException {
    throw readOnly();
  }

  @Override
  public boolean isPrepared(SegmentName name) {
    return false;
  }

  @Override
  public SegmentWriter create(SegmentName name) throws IOException {
    throw readOnly();
  }

  @Override
  public SegmentReader open(SegmentName name) throws IOException {
    return folder.open(name);
  }

  @Override
  public void delete(SegmentName name) throws IOException {
    throw readOnly();
  }

  @Override
  public long segmentBytes() {
    return SEGMENT_BYTES;
  }

  @Override
  public int appendBytesMax() {
    return APPEND_BYTES_MAX;
  }

  @Override
  public String describe(SegmentName name) {
    Path file = folder.find(name);
    return String.valueOf(file == null ? folder.generation(name.generation()) : file);
  }

  @Override
  public long usableBytes() {
    return 0;
  }

  @Override
  public void close() {}

  private static IOException readOnly() {
    return new IOException("these segments are only looked at");
  }
}
