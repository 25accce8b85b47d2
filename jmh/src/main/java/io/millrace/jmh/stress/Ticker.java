package io.millrace.jmh.stress;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Feeds a {@link StressProgress} with a count ten times a second, from a thread of its own, until
 * closed.
 */
final class Ticker implements AutoCloseable {

  private static final int PERIOD_MILLIS = 100;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "stress-progress"));
  private final StressProgress progress;
  private final LongSupplier count;

  // written by: the timer's thread
  private long lastCount;
  private long lastNanos = System.nanoTime();

  Ticker(StressProgress progress, LongSupplier count) {
    this.progress = progress;
    this.count = count;
    var unused =
        timer.scheduleAtFixedRate(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void tick() {
    long now = System.nanoTime();
    long current = count.getAsLong();
    progress.tick(current, (current - lastCount) * 1e9 / Math.max(1, now - lastNanos));
    lastCount = current;
    lastNanos = now;
  }
}
