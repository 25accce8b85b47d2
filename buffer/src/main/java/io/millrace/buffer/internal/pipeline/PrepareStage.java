package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.internal.journal.JournalWriter;
import io.millrace.buffer.internal.segment.SegmentPreparer;
import io.millrace.buffer.internal.segment.SegmentPreparer.Shortage;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Stage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the next segment reserved, and turns what its preparer sees of the disk into admission:
 * clients are held while space is short, and let in again, by this stage alone, once it is not.
 */
public final class PrepareStage implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(PrepareStage.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration RETRY_MAX = Duration.ofSeconds(5);

  private final SegmentPreparer preparer;
  private final Admission admission;
  private final Runnable lifted;
  private final long hardBytes;
  private @Nullable Shortage known;

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
    this.admission = admission;
    this.lifted = lifted;
    hardBytes = options.spaceReserveBytes() / 2;
    preparer =
        new SegmentPreparer(
            storage,
            journal::upcomingSegment,
            options.spaceReserveBytes(),
            LOOK,
            RETRY_MAX,
            clock::nanos);
  }

  @Override
  public boolean step() {
    if (!preparer.step()) {
      return false;
    }
    judge(preparer.shortage());
    return true;
  }

  @Override
  public boolean ready() {
    return preparer.nanosToNextStep() == 0;
  }

  @Override
  public long idle() {
    return preparer.nanosToNextStep();
  }

  @Override
  public void finish() {}

  private void judge(@Nullable Shortage now) {
    Shortage before = known;
    known = now;
    if (now != null) {
      boolean hard = now.usableBytes() < hardBytes;
      admission.space(
          hard ? Pressure.RELEASES_HELD : Pressure.CLIENTS_HELD, "space is short, " + now.reason());
      if (before == null) {
        LOG.warn("clients are held until there is space again: {}", now.reason());
      }
    } else if (before != null) {
      admission.space(Pressure.NONE, "");
      LOG.info("there is space again; clients are let in");
      lifted.run();
    }
  }
}
