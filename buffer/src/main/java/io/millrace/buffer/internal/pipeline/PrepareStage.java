package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.internal.journal.JournalWriter;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Stage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the next segment's blocks reserved, and watches the free space, so that a filling disk is
 * met here, before an append (invariant I6): clients are held, and let in again once there is room.
 */
public final class PrepareStage implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(PrepareStage.class);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final SegmentStorage storage;
  private final JournalWriter journal;
  private final Admission admission;
  private final Runnable lifted;
  private final Clock clock;
  private final long reserveBytes;

  private long nextLookAt;
  private boolean low;
  private @Nullable IOException refusal;

  /**
   * Makes one.
   *
   * @param lifted called when clients may enter again
   */
  public PrepareStage(
      SegmentStorage storage,
      JournalWriter journal,
      Admission admission,
      Runnable lifted,
      BufferOptions options,
      Clock clock) {
    this.storage = storage;
    this.journal = journal;
    this.admission = admission;
    this.lifted = lifted;
    this.clock = clock;
    reserveBytes = options.spaceReserveBytes();
    nextLookAt = clock.nanos();
  }

  @Override
  public boolean step() {
    if (!ready()) {
      return false;
    }
    nextLookAt = clock.nanos() + LOOK_NANOS;
    prepareNext();
    measure();
    return true;
  }

  @Override
  public boolean ready() {
    return clock.nanos() - nextLookAt >= 0;
  }

  @Override
  public long idle() {
    return Math.max(0, nextLookAt - clock.nanos());
  }

  @Override
  public void finish() {}

  private void prepareNext() {
    // A life that wrote nothing leaves nothing (rule R3).
    if (journal.bytesAppended() == 0) {
      return;
    }
    SegmentName next = journal.upcomingSegment();
    if (storage.isPrepared(next)) {
      refusal = null;
      return;
    }
    try {
      storage.prepare(next);
      refusal = null;
    } catch (IOException e) {
      if (refusal == null) {
        LOG.warn("no space for the next journal segment, {}", storage.describe(next), e);
      }
      refusal = e;
    }
  }

  private void measure() {
    try {
      long usable = storage.usableBytes();
      judge(usable);
    } catch (IOException e) {
      LOG.debug("free space cannot be read", e);
    }
  }

  private void judge(long usable) {
    boolean wasLow = low;
    low = usable < reserveBytes || refusal != null;
    if (!low) {
      if (wasLow) {
        admission.space(Pressure.NONE, "");
        LOG.info("there is disk space again, usableBytes={}", usable);
        lifted.run();
      }
      return;
    }
    String why =
        refusal == null
            ? "the disk is nearly full, usableBytes="
                + usable
                + " spaceReserveBytes="
                + reserveBytes
            : "the next journal segment could not be reserved, usableBytes="
                + usable
                + ": "
                + refusal;
    admission.space(
        usable < reserveBytes / 2 ? Pressure.RELEASES_HELD : Pressure.CLIENTS_HELD, why);
    if (!wasLow) {
      LOG.warn("clients are held: {}", why);
    }
  }
}
