package io.millrace.engine;

import io.millrace.engine.internal.runtime.TimeSource;

/** A clock that stands until it is turned. */
final class ManualTime implements TimeSource {

  private long now = 1_000_000;
  private boolean woken;

  @Override
  public synchronized long nowMillis() {
    return now;
  }

  @Override
  public synchronized void sleepUntil(long deadlineMillis) {
    while (!woken && now < deadlineMillis) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    woken = false;
  }

  @Override
  public synchronized void wake() {
    woken = true;
    notifyAll();
  }

  synchronized void advance(long millis) {
    now += millis;
    notifyAll();
  }
}
