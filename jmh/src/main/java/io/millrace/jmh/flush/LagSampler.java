package io.millrace.jmh.flush;

import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.engine.Millrace;
import java.util.ArrayList;
import java.util.List;

/** Looks a hundred times a second how far the store is behind, on a thread of its own. */
final class LagSampler implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 10;

  private final Millrace millrace;
  private final long begun = System.nanoTime();
  private final Thread thread;
  // written by: the sampler's thread; read after it has ended
  private final List<LagSample> samples = new ArrayList<>();
  // written by: the thread that closes
  private volatile boolean closed;

  LagSampler(Millrace millrace) {
    this.millrace = millrace;
    thread = new Thread(this::run, "lag-sampler");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        samples.add(sample(millrace.metrics()));
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LagSample sample(MetricsSnapshot now) {
    return new LagSample(
        (System.nanoTime() - begun) / 1e6,
        now.value(PipelineMetrics.LAG_RECORDS),
        now.value(PipelineMetrics.LAG_AGE) / 1e6);
  }

  /** Ends the looking and returns what was seen. */
  List<LagSample> samples() throws InterruptedException {
    closed = true;
    thread.join();
    return List.copyOf(samples);
  }

  @Override
  public void close() {
    closed = true;
  }
}
