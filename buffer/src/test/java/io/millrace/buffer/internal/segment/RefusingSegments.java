package io.millrace.buffer.internal.segment;

import java.io.IOException;
import java.util.List;

/** A disk with room to spare that refuses all the same, and counts how often it is asked. */
final class RefusingSegments implements SegmentStorage {

  int tries;
  boolean refuses = true;

  @Override
  public void prepare(SegmentName name) throws IOException {
    tries++;
    if (refuses) {
      throw new IOException("the disk says no");
    }
  }

  @Override
  public boolean isPrepared(SegmentName name) {
    return false;
  }

  @Override
  public List<SegmentName> list() {
    return List.of();
  }

  @Override
  public SegmentWriter create(SegmentName name) throws IOException {
    throw new IOException("the disk says no");
  }

  @Override
  public SegmentReader open(SegmentName name) throws IOException {
    throw new IOException("the disk says no");
  }

  @Override
  public void delete(SegmentName name) {}

  @Override
  public long segmentBytes() {
    return 1 << 16;
  }

  @Override
  public int appendBytesMax() {
    return 1 << 12;
  }

  @Override
  public String describe(SegmentName name) {
    return "nowhere";
  }

  @Override
  public long usableBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public void close() {}
}
