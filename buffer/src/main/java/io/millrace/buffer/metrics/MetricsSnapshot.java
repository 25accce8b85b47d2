package io.millrace.buffer.metrics;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All figures of one moment. The figures are read one after the other while the threads go on, so
 * that sums of them may be off by what was under way. Immutable.
 */
public final class MetricsSnapshot {

  private final Instant takenAt;
  private final long takenAtNanos;
  private final List<Figure> figures;
  private final Map<Metric, Distribution> distributions;
  private final List<RunningWork> running;
  private final Map<String, Figure> byTitle = new LinkedHashMap<>();

  MetricsSnapshot(SnapshotBuilder builder) {
    takenAt = builder.takenAt;
    takenAtNanos = builder.takenAtNanos;
    figures = List.copyOf(builder.figures);
    distributions = Map.copyOf(builder.distributions);
    running = List.copyOf(builder.running);
    figures.forEach(figure -> byTitle.put(figure.title(), figure));
  }

  /** Returns when it was taken. */
  public Instant takenAt() {
    return takenAt;
  }

  /** Returns when it was taken on a monotonic clock; only differences mean anything. */
  public long takenAtNanos() {
    return takenAtNanos;
  }

  /** Returns all counters and gauges, always in the same order. */
  public List<Figure> figures() {
    return figures;
  }

  /** Returns all distributions. */
  public Map<Metric, Distribution> distributions() {
    return distributions;
  }

  /**
   * Returns what user code runs, what was entered first before the rest; a bounded number of it.
   */
  public List<RunningWork> running() {
    return running;
  }

  /**
   * Returns a figure; the sum of all labels if it has one.
   *
   * @return 0 if there is none: an engine of another version may have written it
   */
  public long value(Metric metric) {
    Figure alone = byTitle.get(metric.name());
    if (alone != null) {
      return alone.value();
    }
    long sum = 0;
    for (Figure figure : figures) {
      sum += figure.metric().name().equals(metric.name()) ? figure.value() : 0;
    }
    return sum;
  }

  /** Returns a figure of one label, 0 if there is none. */
  public long value(Metric metric, String label) {
    Figure figure = byTitle.get(Figure.title(metric.name(), label));
    return figure == null ? 0 : figure.value();
  }

  /** Returns a distribution, empty if there is none. */
  public Distribution distribution(Metric metric) {
    for (Map.Entry<Metric, Distribution> entry : distributions.entrySet()) {
      if (entry.getKey().name().equals(metric.name())) {
        return entry.getValue();
      }
    }
    return Distribution.EMPTY;
  }

  /**
   * Returns how fast a counter has risen since an earlier snapshot of the same process life.
   *
   * @return by the second; 0 if no time has passed
   */
  public double ratePerSecond(Metric counter, MetricsSnapshot earlier) {
    long nanos = takenAtNanos - earlier.takenAtNanos;
    return nanos <= 0 ? 0 : (value(counter) - earlier.value(counter)) * 1e9 / nanos;
  }

  /** Returns all figures by their names, labels in braces; distributions are left out. */
  public Map<String, Long> toMap() {
    Map<String, Long> map = new LinkedHashMap<>();
    figures.forEach(figure -> map.put(figure.title(), figure.value()));
    return map;
  }

  /** Returns the metric with a name, or null. */
  public @Nullable Metric metric(String name) {
    for (Figure figure : figures) {
      if (figure.metric().name().equals(name)) {
        return figure.metric();
      }
    }
    for (Metric metric : distributions.keySet()) {
      if (metric.name().equals(name)) {
        return metric;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return takenAt + " " + toMap() + " " + distributions;
  }
}
