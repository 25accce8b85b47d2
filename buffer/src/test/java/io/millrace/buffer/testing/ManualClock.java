package io.millrace.buffer.testing;

import io.millrace.buffer.internal.stage.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until a test moves it. */
public final class ManualClock implements Clock {

  private final AtomicLong now = new AtomicLong(1_000_000_000L);

  @Override
  public long nanos() {
    return now.get();
  }

  public void advance(Duration by) {
    now.addAndGet(by.toNanos());
  }

  public void advanceNanos(long by) {
    now.addAndGet(by);
  }
}
