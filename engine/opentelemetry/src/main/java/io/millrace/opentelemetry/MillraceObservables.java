package io.millrace.opentelemetry;

import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.buffer.metrics.Distribution;
import io.millrace.buffer.metrics.Figure;
import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.engine.Millrace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Shows all figures of an engine, or of a buffer alone, as OpenTelemetry metrics. They are observed
 * together: one snapshot for each collection.
 *
 * <p>Counters and gauges have their own names, their units in braces, times in seconds. A
 * distribution has no counterpart that can be observed: it becomes a gauge of its percentiles since
 * opening, with the attribute {@code quantile}, and the counters {@code NAME.count} and {@code
 * NAME.sum}.
 */
public final class MillraceObservables implements AutoCloseable {

  private static final AttributeKey<Double> QUANTILE = AttributeKey.doubleKey("quantile");
  private static final double[] QUANTILES = {0.5, 0.99, 1};
  private static final double NANOS = 1e9;

  private final Supplier<MetricsSnapshot> source;
  private final Attributes attributes;
  private final Map<String, ObservableLongMeasurement> longs = new LinkedHashMap<>();
  private final Map<String, ObservableDoubleMeasurement> doubles = new LinkedHashMap<>();
  private final BatchCallback callback;

  private MillraceObservables(
      Meter meter, Supplier<MetricsSnapshot> source, Attributes attributes) {
    this.source = source;
    this.attributes = attributes;
    MetricsSnapshot first = source.get();
    first.figures().stream().map(Figure::metric).distinct().forEach(m -> register(meter, m));
    first.distributions().keySet().forEach(metric -> registerTimes(meter, metric));
    List<ObservableMeasurement> all = new ArrayList<>(longs.values());
    all.addAll(doubles.values());
    callback =
        meter.batchCallback(
            this::observe,
            all.get(0),
            all.subList(1, all.size()).toArray(ObservableMeasurement[]::new));
  }

  /**
   * Begins to show an engine.
   *
   * @param attributes on every measurement; they must differ where several engines share a meter
   * @return to be closed before the engine is, or with it: nothing is observed any more then
   */
  public static MillraceObservables of(Meter meter, Millrace millrace, Attributes attributes) {
    return new MillraceObservables(meter, millrace::metrics, attributes);
  }

  /** Begins to show a buffer that is embedded without an engine. */
  public static MillraceObservables of(
      Meter meter, WriteAheadBuffer<?> buffer, Attributes attributes) {
    return new MillraceObservables(meter, buffer::metrics, attributes);
  }

  private void register(Meter meter, Metric metric) {
    boolean time = metric.unit().equals(Metric.NANOSECONDS);
    if (time) {
      doubles.put(
          metric.name(),
          meter
              .gaugeBuilder(metric.name())
              .setUnit("s")
              .setDescription(metric.meaning())
              .buildObserver());
    } else if (metric.kind() == Metric.Kind.COUNTER) {
      longs.put(
          metric.name(),
          meter
              .counterBuilder(metric.name())
              .setUnit(unit(metric))
              .setDescription(metric.meaning())
              .buildObserver());
    } else {
      longs.put(
          metric.name(),
          meter
              .gaugeBuilder(metric.name())
              .ofLongs()
              .setUnit(unit(metric))
              .setDescription(metric.meaning())
              .buildObserver());
    }
  }

  private void registerTimes(Meter meter, Metric metric) {
    register(meter, metric);
    longs.put(
        metric.name() + ".count",
        meter
            .counterBuilder(metric.name() + ".count")
            .setDescription("how often: " + metric.meaning())
            .buildObserver());
    doubles.put(
        metric.name() + ".sum",
        meter
            .counterBuilder(metric.name() + ".sum")
            .ofDoubles()
            .setUnit("s")
            .setDescription("all together: " + metric.meaning())
            .buildObserver());
  }

  private static String unit(Metric metric) {
    return switch (metric.unit()) {
      case "" -> "1";
      case Metric.BYTES -> "By";
      default -> '{' + metric.unit() + '}';
    };
  }

  private void observe() {
    MetricsSnapshot now = source.get();
    for (Figure figure : now.figures()) {
      Metric metric = figure.metric();
      Attributes with =
          metric.label().isEmpty()
              ? attributes
              : attributes.toBuilder().put(metric.label(), figure.label()).build();
      record(metric.name(), figure.value(), with);
    }
    now.distributions().forEach(this::observe);
  }

  private void observe(Metric metric, Distribution times) {
    record(metric.name() + ".count", times.count(), attributes);
    record(metric.name() + ".sum", times.sum(), attributes);
    for (double quantile : QUANTILES) {
      record(
          metric.name(),
          times.percentile(quantile),
          attributes.toBuilder().put(QUANTILE, quantile).build());
    }
  }

  private void record(String name, long value, Attributes with) {
    ObservableLongMeasurement whole = longs.get(name);
    ObservableDoubleMeasurement seconds = doubles.get(name);
    if (whole != null) {
      whole.record(value, with);
    } else if (seconds != null) {
      seconds.record(value / NANOS, with);
    }
  }

  /** Shows nothing more. Idempotent. */
  @Override
  public void close() {
    callback.close();
  }
}
