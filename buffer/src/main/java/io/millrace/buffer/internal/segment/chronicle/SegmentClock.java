package io.millrace.buffer.internal.segment.chronicle;

import io.millrace.buffer.internal.segment.SegmentFolder;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;

/**
 * The time as Chronicle sees it: it stands still, and jumps to the next roll cycle when a segment
 * begins. It never goes back, because appends across a boundary that the clock has crossed
 * backwards land in the wrong file.
 */
final class SegmentClock implements TimeProvider {

  /**
   * Sequence numbers of 32 bits: with fewer, Chronicle's packed write position can be taken for an
   * older one. A day for each segment; {@link SegmentFolder} knows the names that follow from it.
   */
  static final RollCycle CYCLE = RollCycles.FAST_DAILY;

  /** Written by: commit thread. Read by Chronicle's releaser too. */
  private volatile long millis;

  void moveTo(int number) {
    long next = Math.multiplyExact((long) number, CYCLE.lengthInMillis());
    if (next <= millis) {
      throw new IllegalStateException(
          "segments are made in order, expected one after "
              + millis / CYCLE.lengthInMillis()
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
