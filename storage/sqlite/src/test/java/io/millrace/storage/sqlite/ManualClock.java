package io.millrace.storage.sqlite;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Time that moves when a test says so. */
final class ManualClock implements LongSupplier {

  private final AtomicLong nanos = new AtomicLong();
  private final Duration step;

  ManualClock() {
    this(Duration.ZERO);
  }

  /** Makes one that also moves a step each time it is read. */
  ManualClock(Duration step) {
    this.step = step;
  }

  void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  @Override
  public long getAsLong() {
    return nanos.getAndAdd(step.toNanos());
  }
}
