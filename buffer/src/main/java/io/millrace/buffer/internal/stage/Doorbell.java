package io.millrace.buffer.internal.stage;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes one thread. Ringing costs a fence and a read while nobody sleeps: no lock, no system call.
 *
 * <p>Why no ring is lost: the sleeper announces itself and then looks whether there is work; the
 * ringer makes the work visible and then looks whether someone sleeps; a full fence stands between
 * the two steps of each.
 */
public final class Doorbell {

  // written by: the sleeper, and by a ringer that takes it away to unpark it
  private volatile @Nullable Thread sleeper;

  /** Wakes the thread if it sleeps. Whatever it is to see must be written before. Any thread. */
  public void ring() {
    VarHandle.fullFence();
    Thread asleep = sleeper;
    if (asleep != null) {
      // Taken away so that the next ringers need not unpark it again while it wakes.
      sleeper = null;
      LockSupport.unpark(asleep);
    }
  }

  /**
   * Sleeps until rung, until the stage is ready, or until the time is over; may return early for no
   * reason. An interrupt is swallowed: nothing interrupts a stage.
   */
  void sleep(Stage stage, long nanos) {
    sleeper = Thread.currentThread();
    VarHandle.fullFence();
    if (!stage.ready()) {
      LockSupport.parkNanos(this, nanos);
    }
    sleeper = null;
    Thread.interrupted();
  }
}
