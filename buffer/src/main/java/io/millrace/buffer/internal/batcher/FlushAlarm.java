package io.millrace.buffer.internal.batcher;

import io.millrace.buffer.internal.stage.Doorbell;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What wakes the flusher. It sleeps through what its policy lets it sleep through: the commit
 * thread passes a few numbers to compare, and rings only past one of them.
 */
public final class FlushAlarm {

  private static final long NEVER = Long.MAX_VALUE;

  private final Doorbell bell;
  private final AtomicLong hurriedTo = new AtomicLong();

  // written by: flush, before it sleeps
  private volatile long wakeAppended = NEVER;
  private volatile long wakeSynced = NEVER;
  private volatile long wakeBytes = NEVER;

  /** Makes one that rings a bell. */
  public FlushAlarm(Doorbell bell) {
    this.bell = bell;
  }

  /** Has the store catch up to a position under any policy (rule R25). Any thread. */
  public void hurry(long position) {
    if (hurriedTo.get() < position) {
      hurriedTo.accumulateAndGet(position, Math::max);
    }
    bell.ring();
  }

  /** Says how far the journal has come. Commit thread. */
  public void advanced(long appended, long synced, long appendedBytes) {
    VarHandle.fullFence();
    if (appended >= wakeAppended || synced >= wakeSynced || appendedBytes >= wakeBytes) {
      bell.ring();
    }
  }

  /** Returns the bell that its thread sleeps on. */
  public Doorbell bell() {
    return bell;
  }

  /** Wakes the flusher whatever it waits for. Any thread. */
  public void ring() {
    bell.ring();
  }

  long hurriedTo() {
    return hurriedTo.get();
  }

  void setFor(long appended, long synced, long bytes) {
    wakeAppended = appended;
    wakeSynced = synced;
    wakeBytes = bytes;
  }
}
