package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.decide.ActivityWork;
import io.millrace.engine.internal.decide.InputUnreadable;
import io.millrace.engine.internal.decide.StoredInputs;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Reads the input of an attempt that only the store has, on the thread that is about to run it and
 * before that has claimed it. If it cannot be read, the attempt is tried again later, as often as
 * it takes: it is still open, and can be cancelled and time out as one in the queue.
 */
final class InputReads {

  private static final long RETRY_MILLIS_MIN = 500;
  private static final long RETRY_MILLIS_MAX = 60_000;

  private final StoredInputs stored;
  private final ActivityDesk desk;
  private final FaultLog faults = new FaultLog();

  InputReads(StoredInputs stored, ActivityDesk desk) {
    this.stored = stored;
    this.desk = desk;
  }

  /**
   * Reads.
   *
   * @param again puts the attempt back into its queue
   * @return null if it cannot be read now, and is tried again later
   */
  @Nullable Payload read(Attempt attempt, Runnable again) {
    ActivityWork work = attempt.work();
    try {
      StoredInputs.Found found = stored.read(work);
      Failure why = found.why();
      if (why == null) {
        return found.input();
      }
      if (attempt.unread() == 0) {
        desk.port().publish(new InputUnreadable(desk.clock().nowMillis(), work, why));
      }
    } catch (StoreException e) {
      report(attempt, e);
    }
    long wait = Math.min(RETRY_MILLIS_MIN << Math.min(attempt.unread(), 10), RETRY_MILLIS_MAX);
    attempt.countUnread();
    attempt.alarm(desk.clock().nowMillis() + wait, again);
    return null;
  }

  private void report(Attempt attempt, StoreException e) {
    long times = faults.count(e);
    if (times > 0) {
      desk.reports()
          .accept(
              "an activity waits, for its input cannot be read from the store, activity="
                  + attempt.activityName()
                  + " id="
                  + attempt.instanceId()
                  + " times="
                  + times
                  + ": "
                  + e.getMessage());
    }
  }

  /** Returns how many were read back. */
  long count() {
    return stored.count();
  }
}
