package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.buffer.metrics.Distribution;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.engine.ActivityContextFunction;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import io.millrace.micrometer.MillraceMeters;
import io.millrace.opentelemetry.ActivitySpans;
import io.millrace.opentelemetry.MillraceObservables;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of metrics is what the code has, and its snippet runs. */
class MetricsPageTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Orchestration<String, String> HELLO =
      Orchestration.named("hello", String.class, String.class);

  @TempDir Path folder;

  @Test
  void shouldListEveryMetricAsTheCodeHasIt() throws IOException {
    String page = Files.readString(ROOT.resolve(MetricsPage.PAGE));
    assertThat(page)
        .as("run MetricsPage with the repository's folder to write it anew")
        .isEqualTo(MetricsPage.made(page));
  }

  @Test
  void shouldReadFiguresAsThePageShows() {
    try (Millrace millrace =
        Millrace.builder(folder.resolve("data")).orchestration(HELLO, (ctx, in) -> in).open()) {
      MetricsSnapshot before = millrace.metrics();
      millrace.start(HELLO, "one", "x").result(Duration.ofSeconds(20));
      // snippet: figures
      MetricsSnapshot now = millrace.metrics();
      double forcesPerSecond = now.ratePerSecond(PipelineMetrics.FORCES, before);
      Distribution forces = now.distribution(PipelineMetrics.FORCE_TIME);
      long slowNanos = forces.percentile(0.99);
      long lagBytes = now.value(PipelineMetrics.LAG_BYTES);
      // end
      MeterRegistry registry = new SimpleMeterRegistry();
      // snippet: micrometer
      MillraceMeters.of(millrace, Tags.of("engine", "orders")).bindTo(registry);
      // end
      OpenTelemetry telemetry = OpenTelemetry.noop();
      // snippet: opentelemetry
      MillraceObservables observables =
          MillraceObservables.of(telemetry.getMeter("io.millrace"), millrace, Attributes.empty());
      ActivitySpans spans = new ActivitySpans(telemetry.getTracer("io.millrace"));
      ActivityContextFunction<String, String> traced = spans.around(String::toUpperCase);
      // end
      observables.close();
      assertThat(traced).isNotNull();
      assertThat(registry.get(PipelineMetrics.FORCES.name()).functionCounter().count())
          .isPositive();
      assertThat(forcesPerSecond).isPositive();
      assertThat(slowNanos).isPositive().isLessThanOrEqualTo(forces.max());
      assertThat(lagBytes).isNotNegative();
    }
  }
}
