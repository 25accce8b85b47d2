package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.internal.batcher.FlushStage;
import io.millrace.buffer.internal.journal.JournalCorruptException;
import io.millrace.buffer.internal.stage.Clock;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Recovery's second half: the flusher, told to catch up with the journal's end before anything else
 * runs. The code that writes every day is the code that recovers.
 */
public final class Replay {

  private Replay() {}

  /**
   * Brings the store up to the end of the journal.
   *
   * @param timeout how long a busy or full store is tried
   * @param sleeper waits for so many nanoseconds, or less
   * @throws BufferOpenException if it cannot be done
   */
  public static void run(JournalLife<?> life, Duration timeout, Clock clock, LongConsumer sleeper) {
    Plumbing plumbing = life.plumbing();
    FlushStage<?> flush = life.flush();
    long end = plumbing.positions.synced();
    plumbing.flushAlarm.hurry(end);
    long progressAt = clock.nanos();
    while (plumbing.positions.applied() < end) {
      if (flush.step()) {
        progressAt = clock.nanos();
        continue;
      }
      Throwable cause = plumbing.fault.cause();
      if (cause != null) {
        throw new BufferOpenException(
            cause instanceof JournalCorruptException ? Reason.CORRUPT : Reason.IO,
            "the journal could not be replayed into the store, "
                + plumbing.positions
                + ": "
                + cause.getMessage(),
            cause);
      }
      long left = timeout.toNanos() - (clock.nanos() - progressAt);
      if (left <= 0) {
        throw new BufferOpenException(
            Reason.IO,
            "the store took nothing for recoveryRetryTimeout=" + timeout + "; " + flush.describe(),
            flush.stumble());
      }
      sleeper.accept(Math.min(left, flush.idle()));
    }
  }
}
