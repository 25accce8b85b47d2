package io.millrace.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.engine.Activity;
import io.millrace.engine.EngineMetrics;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MillraceMetersTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);

  @TempDir Path folder;

  @Test
  void shouldShowEveryFigureOfAnEngine() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (Millrace millrace =
        Millrace.builder(folder.resolve("data"))
            .journal(JournalKind.FILES)
            .orchestration(FLOW, (ctx, input) -> ctx.call(STEP, input).await())
            .activity(STEP, input -> input)
            .open()) {
      MillraceMeters.of(millrace, Tags.of("engine", "first")).bindTo(registry);
      millrace.start(FLOW, "one", "x").result(Duration.ofSeconds(20));
      millrace.list(Long.MAX_VALUE, 1); // waits for the store, and for what was counted before

      Set<String> names =
          registry.getMeters().stream().map(m -> m.getId().getName()).collect(Collectors.toSet());
      assertThat(names).containsAll(EngineMetrics.all().stream().map(Metric::name).toList());
      assertThat(registry.getMeters()).allMatch(m -> "first".equals(m.getId().getTag("engine")));

      assertThat(counted(registry, EngineMetrics.STARTED)).isEqualTo(1);
      assertThat(counted(registry, EngineMetrics.ACTIVITIES_COMPLETED)).isEqualTo(1);
      assertThat(counted(registry, PipelineMetrics.RECORDS)).isPositive();
      assertThat(
              registry
                  .get(EngineMetrics.ACTIVITIES_QUEUED.name())
                  .tag("pool", "default")
                  .gauge()
                  .value())
          .isZero();
      Meter.Id id = registry.get(PipelineMetrics.JOURNAL_BYTES.name()).functionCounter().getId();
      assertThat(id.getBaseUnit()).isEqualTo("bytes");
      assertThat(id.getDescription()).isEqualTo(PipelineMetrics.JOURNAL_BYTES.meaning());
      var forces = registry.get(PipelineMetrics.FORCE_TIME.name()).functionTimer();
      assertThat(forces.count()).isPositive();
      assertThat(forces.totalTime(TimeUnit.NANOSECONDS)).isPositive();
      double half = percentile(registry, "0.5");
      assertThat(percentile(registry, "1.0")).isGreaterThanOrEqualTo(half);
      assertThat(half).isPositive();
    }
  }

  private static double counted(SimpleMeterRegistry registry, Metric metric) {
    return registry.get(metric.name()).functionCounter().count();
  }

  private static double percentile(SimpleMeterRegistry registry, String phi) {
    return registry
        .get(PipelineMetrics.FORCE_TIME.name() + ".percentile")
        .tag("phi", phi)
        .timeGauge()
        .value(TimeUnit.NANOSECONDS);
  }
}
