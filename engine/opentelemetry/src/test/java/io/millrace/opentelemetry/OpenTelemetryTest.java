package io.millrace.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.JournalKind;
import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.engine.Activity;
import io.millrace.engine.CallOptions;
import io.millrace.engine.EngineMetrics;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import io.millrace.engine.RetryPolicy;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OpenTelemetryTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);

  @TempDir Path folder;

  @Test
  void shouldObserveEveryFigureOfAnEngine() {
    InMemoryMetricReader reader = InMemoryMetricReader.create();
    try (SdkMeterProvider provider =
            SdkMeterProvider.builder().registerMetricReader(reader).build();
        Millrace millrace =
            Millrace.builder(folder.resolve("data"))
                .journal(JournalKind.FILES)
                .orchestration(FLOW, (ctx, input) -> ctx.call(STEP, input).await())
                .activity(STEP, input -> input)
                .open()) {
      MillraceObservables observables =
          MillraceObservables.of(
              provider.get("test"), millrace, Attributes.builder().put("engine", "first").build());
      millrace.start(FLOW, "one", "x").result(Duration.ofSeconds(20));
      millrace.list(Long.MAX_VALUE, 1); // waits for the store, and for what was counted before

      Map<String, MetricData> seen =
          reader.collectAllMetrics().stream()
              .collect(Collectors.toMap(MetricData::getName, Function.identity()));
      assertThat(seen.keySet())
          .containsAll(EngineMetrics.all().stream().map(Metric::name).toList());
      LongPointData started =
          of(seen, EngineMetrics.STARTED.name()).getLongSumData().getPoints().iterator().next();
      assertThat(started.getValue()).isEqualTo(1);
      assertThat(started.getAttributes().get(AttributeKey.stringKey("engine"))).isEqualTo("first");
      MetricData bytes = of(seen, PipelineMetrics.JOURNAL_BYTES.name());
      assertThat(bytes.getUnit()).isEqualTo("By");
      assertThat(bytes.getDescription()).isEqualTo(PipelineMetrics.JOURNAL_BYTES.meaning());
      MetricData forces = of(seen, PipelineMetrics.FORCE_TIME.name());
      assertThat(forces.getUnit()).isEqualTo("s");
      assertThat(forces.getDoubleGaugeData().getPoints())
          .extracting(DoublePointData::getValue)
          .hasSize(3)
          .allMatch(seconds -> seconds > 0 && seconds < 60);
      assertThat(
              of(seen, PipelineMetrics.FORCE_TIME.name() + ".count").getLongSumData().getPoints())
          .allMatch(point -> point.getValue() > 0);
      observables.close();
      assertThat(reader.collectAllMetrics()).isEmpty();
    }
  }

  @Test
  void shouldMakeASpanOfEachAttempt() {
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    AtomicInteger attempts = new AtomicInteger();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      ActivitySpans spans = new ActivitySpans(provider.get("test"));
      try (Millrace millrace =
          Millrace.inMemory()
              .orchestration(
                  FLOW,
                  (ctx, input) ->
                      ctx.call(
                              STEP,
                              input,
                              CallOptions.DEFAULTS.withRetry(
                                  RetryPolicy.attempts(2).withFirstDelay(Duration.ofMillis(1))))
                          .await())
              .activityWithContext(
                  STEP,
                  spans.around(
                      input -> {
                        Span.current().addEvent("inside");
                        if (attempts.incrementAndGet() == 1) {
                          throw new IllegalStateException("not yet");
                        }
                        return input;
                      }))
              .open()) {
        millrace.start(FLOW, "one", "x").result(Duration.ofSeconds(20));
      }
      List<SpanData> seen = exporter.getFinishedSpanItems();
      assertThat(seen)
          .extracting(SpanData::getName)
          .containsExactly("activity step", "activity step");
      assertThat(seen)
          .extracting(s -> s.getAttributes().get(ActivitySpans.ATTEMPT))
          .containsExactly(1L, 2L);
      assertThat(seen).allMatch(s -> "one".equals(s.getAttributes().get(ActivitySpans.INSTANCE)));
      assertThat(seen.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(seen.get(0).getEvents())
          .extracting(e -> e.getName())
          .contains("inside", "exception");
      assertThat(seen.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }
  }

  private static MetricData of(Map<String, MetricData> seen, String name) {
    return Objects.requireNonNull(seen.get(name), name);
  }
}
