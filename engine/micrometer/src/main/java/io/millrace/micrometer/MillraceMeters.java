package io.millrace.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.buffer.metrics.Figure;
import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.engine.Millrace;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Shows all figures of an engine, or of a buffer alone, as meters: counters and gauges under their
 * own names and with their units; a distribution as a timer of that name, and its percentiles since
 * opening as gauges {@code NAME.percentile} with a tag {@code phi}.
 *
 * <p>A registry holds the engine weakly: one that was closed and forgotten can be collected. After
 * a close the meters stand still; remove them, or give each engine a tag of its own.
 *
 * @param <T> whose figures they are
 */
public final class MillraceMeters<T> implements MeterBinder {

  private static final double[] PERCENTILES = {0.5, 0.99, 1};

  private final T owner;
  private final Function<? super T, MetricsSnapshot> figures;
  private final Tags tags;

  private MillraceMeters(
      T owner, Function<? super T, MetricsSnapshot> figures, Iterable<Tag> tags) {
    this.owner = Objects.requireNonNull(owner, "owner");
    this.figures = figures;
    this.tags = Tags.of(tags);
  }

  /**
   * Returns a binder for an engine.
   *
   * @param tags on every meter; they must differ where several engines share a registry
   */
  public static MillraceMeters<Millrace> of(Millrace millrace, Iterable<Tag> tags) {
    return new MillraceMeters<>(millrace, Millrace::metrics, tags);
  }

  /** Returns a binder for an engine, without tags. */
  public static MillraceMeters<Millrace> of(Millrace millrace) {
    return of(millrace, Tags.empty());
  }

  /**
   * Returns a binder for a buffer that is embedded without an engine.
   *
   * @param tags on every meter
   */
  public static MillraceMeters<WriteAheadBuffer<?>> of(
      WriteAheadBuffer<?> buffer, Iterable<Tag> tags) {
    return new MillraceMeters<>(buffer, WriteAheadBuffer::metrics, tags);
  }

  /** Registers a meter for every figure. Any thread. */
  @Override
  public void bindTo(MeterRegistry registry) {
    MetricsSnapshot first = figures.apply(owner);
    first.figures().forEach(figure -> bind(registry, figure));
    first.distributions().keySet().forEach(metric -> bind(registry, metric));
  }

  private void bind(MeterRegistry registry, Figure figure) {
    Metric metric = figure.metric();
    String label = figure.label();
    Tags all = metric.label().isEmpty() ? tags : tags.and(metric.label(), label);
    if (metric.kind() == Metric.Kind.COUNTER) {
      FunctionCounter.builder(metric.name(), owner, from -> value(from, metric, label))
          .description(metric.meaning())
          .baseUnit(metric.unit())
          .tags(all)
          .register(registry);
    } else if (metric.unit().equals(Metric.NANOSECONDS)) {
      TimeGauge.builder(
              metric.name(), owner, TimeUnit.NANOSECONDS, from -> value(from, metric, label))
          .description(metric.meaning())
          .tags(all)
          .register(registry);
    } else {
      Gauge.builder(metric.name(), owner, from -> value(from, metric, label))
          .description(metric.meaning())
          .baseUnit(metric.unit())
          .tags(all)
          .register(registry);
    }
  }

  private double value(T from, Metric metric, String label) {
    return figures.apply(from).value(metric, label);
  }

  private void bind(MeterRegistry registry, Metric metric) {
    FunctionTimer.builder(
            metric.name(),
            owner,
            from -> figures.apply(from).distribution(metric).count(),
            from -> figures.apply(from).distribution(metric).sum(),
            TimeUnit.NANOSECONDS)
        .description(metric.meaning())
        .tags(tags)
        .register(registry);
    for (double percentile : PERCENTILES) {
      TimeGauge.builder(
              metric.name() + ".percentile",
              owner,
              TimeUnit.NANOSECONDS,
              from -> figures.apply(from).distribution(metric).percentile(percentile))
          .description(metric.meaning() + ", since opening")
          .tags(tags.and("phi", String.valueOf(percentile)))
          .register(registry);
    }
  }
}
