package io.millrace.buffer.internal.pipeline;

import java.util.concurrent.TimeUnit;

/** Since when the journal's disk owes an answer: a force that does not return stops no clock. */
final class DiskWait {

  /** A disk that takes longer for one answer stands still, as far as who waits for it can tell. */
  static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long NOTHING_OWED = Long.MIN_VALUE;

  // written by: commit
  private volatile long since = NOTHING_OWED;

  /** Says that something is asked of the disk. */
  void begins(long now) {
    since = now;
  }

  /** Says that it has answered. */
  void ends() {
    since = NOTHING_OWED;
  }

  /** Returns for how long it owes an answer, 0 if it owes none. Any thread, cheap. */
  long nanos(long now) {
    long began = since;
    return began == NOTHING_OWED ? 0 : Math.max(0, now - began);
  }
}
