package io.millrace.buffer.testing;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A storage around another that hands everything on, for those who change one thing. */
public abstract class DecoratedSegments implements SegmentStorage {

  /** What is decorated. */
  protected final SegmentStorage disk;

  /** Decorates a storage. */
  protected DecoratedSegments(SegmentStorage disk) {
    this.disk = disk;
  }

  /** Returns what stands between the journal and a segment that was just made. */
  protected abstract SegmentWriter decorate(SegmentName name, SegmentWriter writer)
      throws IOException;

  @Override
  public SegmentWriter create(SegmentName name) throws IOException {
    return decorate(name, disk.create(name));
  }

  @Override
  public List<SegmentName> list() throws IOException {
    return disk.list();
  }

  @Override
  public void prepare(SegmentName name) throws IOException {
    disk.prepare(name);
  }

  @Override
  public boolean isPrepared(SegmentName name) {
    return disk.isPrepared(name);
  }

  @Override
  public SegmentReader open(SegmentName name) throws IOException {
    return disk.open(name);
  }

  @Override
  public void delete(SegmentName name) throws IOException {
    disk.delete(name);
  }

  @Override
  public long segmentBytes() {
    return disk.segmentBytes();
  }

  @Override
  public int appendBytesMax() {
    return disk.appendBytesMax();
  }

  @Override
  public String describe(SegmentName name) {
    return disk.describe(name);
  }

  @Override
  public long usableBytes() throws IOException {
    return disk.usableBytes();
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }

  /** The end of a segment that hands everything on. */
  protected static class DecoratedWriter implements SegmentWriter {

    /** What is decorated. */
    protected final SegmentWriter writer;

    /** Decorates a writer. */
    protected DecoratedWriter(SegmentWriter writer) {
      this.writer = writer;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      writer.append(bytes);
    }

    @Override
    public void force() throws IOException {
      writer.force();
    }

    @Override
    public long remainingBytes() {
      return writer.remainingBytes();
    }

    @Override
    public long fileBytes() {
      return writer.fileBytes();
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }
}
