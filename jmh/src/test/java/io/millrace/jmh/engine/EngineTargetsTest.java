package io.millrace.jmh.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jmh.bench.Figure;
import io.millrace.jmh.bench.Target;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EngineTargetsTest {

  @Test
  void shouldJudgeOneInFlightOnAFastDiskOnly() {
    assertThat(median(List.of(alone(150, 0.6)))).hasValue(0.6);
    assertThat(median(List.of(alone(250, 0.6)))).isEmpty();
    assertThat(median(List.of())).isEmpty();
  }

  @Test
  void shouldCompareMemoryWithTheFileAtTheSameLevel() {
    Target target = target("in memory");
    List<Figure> figures =
        List.of(
            figure("ACCEPTED", "2000", Map.of("throughput", value(40_000))),
            figure("ACCEPTED in memory", "2000", Map.of("throughput", value(30_000))));
    OptionalDouble share = target.measured().apply(figures);
    assertThat(share).hasValue(0.75);
    assertThat(target.met(share.getAsDouble())).isFalse();
  }

  private static OptionalDouble median(List<Figure> figures) {
    return target("median").measured().apply(figures);
  }

  private static Target target(String begins) {
    return new EngineSuite()
        .targets().stream().filter(t -> t.says().startsWith(begins)).findFirst().orElseThrow();
  }

  private static Figure alone(double force, double median) {
    return figure("SYNCED", "1", Map.of("bare force", value(force), "p50", value(median)));
  }

  private static Figure figure(String level, String inFlight, Map<String, Figure.Value> values) {
    return new Figure("EngineBench.fanOut", Map.of("level", level, "inFlight", inFlight), values);
  }

  private static Figure.Value value(double mean) {
    return new Figure.Value(mean, mean, mean, "");
  }
}
