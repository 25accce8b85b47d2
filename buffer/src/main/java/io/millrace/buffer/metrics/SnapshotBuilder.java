package io.millrace.buffer.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a snapshot together. One thread. */
public final class SnapshotBuilder {

  final Instant takenAt;
  final long takenAtNanos;
  final List<Figure> figures;
  final Map<Metric, Distribution> distributions;
  final List<RunningWork> running = new ArrayList<>();

  /** Begins one of this moment. */
  public SnapshotBuilder(Instant takenAt, long takenAtNanos) {
    this.takenAt = takenAt;
    this.takenAtNanos = takenAtNanos;
    figures = new ArrayList<>();
    distributions = new LinkedHashMap<>();
  }

  /** Begins one with all that another has. */
  public SnapshotBuilder(MetricsSnapshot first) {
    takenAt = first.takenAt();
    takenAtNanos = first.takenAtNanos();
    figures = new ArrayList<>(first.figures());
    distributions = new LinkedHashMap<>(first.distributions());
    running.addAll(first.running());
  }

  /** Adds a counter or a gauge. */
  public SnapshotBuilder add(Metric metric, long value) {
    return add(metric, "", value);
  }

  /** Adds one of several figures of the same name. */
  public SnapshotBuilder add(Metric metric, String label, long value) {
    if (metric.kind() == Metric.Kind.DISTRIBUTION) {
      throw new IllegalArgumentException("expected a counter or a gauge, metric=" + metric.name());
    }
    figures.add(new Figure(metric, label, value));
    return this;
  }

  /** Adds a distribution. */
  public SnapshotBuilder add(Metric metric, Distribution distribution) {
    distributions.put(metric, distribution);
    return this;
  }

  /** Adds user code that runs. */
  public SnapshotBuilder add(RunningWork work) {
    running.add(work);
    return this;
  }

  /** Returns the snapshot. */
  public MetricsSnapshot build() {
    return new MetricsSnapshot(this);
  }
}
