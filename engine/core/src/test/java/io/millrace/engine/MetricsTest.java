package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.metrics.Figure;
import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.buffer.metrics.RunningWork;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine tells of itself. */
@Timeout(60)
class MetricsTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);

  @Test
  void shouldCountWhatHappensAndShowWhatRuns() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (Millrace millrace =
        Millrace.inMemory()
            .activityWorkers(1)
            .orchestration(FLOW, (ctx, input) -> ctx.call(STEP, input).await())
            .activity(
                STEP,
                input -> {
                  inside.countDown();
                  leave.await();
                  return input;
                })
            .open()) {
      MetricsSnapshot before = millrace.metrics();
      assertThat(before.value(EngineMetrics.STARTED)).isZero();
      millrace.start(FLOW, "first", "x");
      inside.await();
      millrace.start(FLOW, "second", "x");
      EveryStore.eventually(
          () ->
              millrace.metrics().value(EngineMetrics.ACTIVITIES_QUEUED, "default") == 1
                  ? true
                  : null);
      MetricsSnapshot during = millrace.metrics();
      assertThat(during.value(EngineMetrics.ACTIVITIES_RUNNING, "default")).isEqualTo(1);
      assertThat(during.value(EngineMetrics.RESIDENT)).isEqualTo(2);
      RunningWork running = during.running().get(0);
      assertThat(running.kind()).isEqualTo(RunningWork.Kind.ACTIVITY);
      assertThat(running.instanceId()).isEqualTo("first");
      assertThat(running.name()).isEqualTo("step");
      assertThat(during.ratePerSecond(EngineMetrics.STARTED, before)).isPositive();
      leave.countDown();
      EveryStore.eventually(
          () -> millrace.metrics().value(EngineMetrics.COMPLETED) == 2 ? true : null);
      assertThat(millrace.metrics().running()).isEmpty();
      assertThat(millrace.metrics().value(EngineMetrics.ACTIVITIES_COMPLETED)).isEqualTo(2);
    }
  }

  @Test
  void shouldShowEachMetricThatIsNamedAndNoOther() {
    try (Millrace millrace =
        Millrace.inMemory().orchestration(FLOW, (ctx, input) -> input).open()) {
      MetricsSnapshot snapshot = millrace.metrics();
      List<Metric> shown =
          Stream.concat(
                  snapshot.figures().stream().map(Figure::metric),
                  snapshot.distributions().keySet().stream())
              .distinct()
              .toList();
      assertThat(shown).containsExactlyInAnyOrderElementsOf(EngineMetrics.all());
    }
  }

  @Test
  void shouldListEveryMetricThatIsDefinedOnceAndWithAUnit() throws Exception {
    List<Metric> defined = new ArrayList<>(constants(PipelineMetrics.class));
    defined.addAll(constants(EngineMetrics.class));
    assertThat(EngineMetrics.all()).containsExactlyInAnyOrderElementsOf(defined);
    assertThat(EngineMetrics.all().stream().map(Metric::name).collect(Collectors.toList()))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("millrace(\\.[a-z_]+)+"));
    assertThat(EngineMetrics.all())
        .allMatch(metric -> !metric.unit().isEmpty() || metric.equals(PipelineMetrics.HEALTH))
        .allMatch(metric -> metric.unit().length() <= 16 && metric.name().length() <= 64);
  }

  private static List<Metric> constants(Class<?> type) throws IllegalAccessException {
    List<Metric> constants = new ArrayList<>();
    for (Field field : type.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == Metric.class) {
        constants.add((Metric) field.get(null));
      }
    }
    return constants;
  }
}
