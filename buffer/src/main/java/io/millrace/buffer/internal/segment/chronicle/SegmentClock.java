package io.millrace.buffer.internal.segment.chronicle;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The time as Chronicle sees it: it stands still, and jumps to the next roll cycle when a segment
 * begins. It never goes back, because appends across a boundary that the clock has crossed
 * backwards land in the wrong file.
 */
final class SegmentClock implements TimeProvider {

  /** Written by: commit thread. Read by Chronicle's releaser too. */
  private volatile long millis;

  void moveTo(int number) {
    long next = ChronicleFiles.timeMillis(number);
    if (next <= millis) {
      throw new IllegalStateException(
          "segments are made in order, expected one after "
              + millis / ChronicleFiles.CYCLE.lengthInMillis()
              + ", number="
              + number);
    }
    millis = next;
  }

  @Override
  public long currentTimeMillis() {
    return millis;
  }
}
