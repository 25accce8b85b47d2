package io.millrace.buffer.testing;

import io.millrace.buffer.internal.segment.SegmentName;
import java.util.Map;

/** The forgetful double as a {@link Filling}. */
public final class MemoryFilling implements Filling {

  private final long segmentBytes;
  private final int appendBytesMax;
  private ForgetfulSegments current;

  /** Makes an empty one. */
  public MemoryFilling(long segmentBytes, int appendBytesMax) {
    this.segmentBytes = segmentBytes;
    this.appendBytesMax = appendBytesMax;
    this.current = new ForgetfulSegments(segmentBytes, appendBytesMax);
  }

  @Override
  public ForgetfulSegments open() {
    current = current.killProcess();
    return current;
  }

  @Override
  public Map<SegmentName, byte[]> contents() {
    return current.contents();
  }

  @Override
  public void become(Map<SegmentName, byte[]> contents) {
    current = ForgetfulSegments.holding(contents, segmentBytes, appendBytesMax);
  }

  @Override
  public String toString() {
    return "memory";
  }
}
