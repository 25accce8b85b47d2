package io.millrace.jmh.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTest {

  private final List<Integer> tried = new ArrayList<>();

  private Sweep.Trial curve(Map<Integer, Double> perSecond) {
    return level -> {
      tried.add(level);
      Double value = perSecond.get(level);
      if (value == null) {
        throw new IllegalStateException("starved, inFlight=" + level);
      }
      return value;
    };
  }

  @Test
  void shouldFindTheFastestLevel() throws Exception {
    Sweep sweep = Sweep.over(List.of(1, 10, 100), curve(Map.of(1, 50.0, 10, 300.0, 100, 290.0)));
    assertThat(sweep.fastest()).isEqualTo(10);
    assertThat(sweep.endedInFailure()).isFalse();
    assertThat(sweep.words())
        .isEqualTo("1 in flight: 50/s; 10 in flight: 300/s; 100 in flight: 290/s");
  }

  @Test
  void shouldNotClimbOnOnceItIsClearlySlower() throws Exception {
    Sweep sweep = Sweep.over(List.of(1, 10, 100), curve(Map.of(1, 50.0, 10, 39.0, 100, 900.0)));
    assertThat(tried).containsExactly(1, 10);
    assertThat(sweep.fastest()).isEqualTo(1);
  }

  @Test
  void shouldSayWhereItFailed() throws Exception {
    Sweep sweep = Sweep.over(List.of(1, 10, 100), curve(Map.of(1, 50.0, 100, 900.0)));
    assertThat(tried).containsExactly(1, 10);
    assertThat(sweep.fastest()).isEqualTo(1);
    assertThat(sweep.endedInFailure()).isTrue();
    assertThat(sweep.words()).isEqualTo("1 in flight: 50/s; 10 in flight: starved, inFlight=10");
  }

  @Test
  void shouldFailWhenNotEvenTheLowestLevelRuns() {
    assertThatThrownBy(() -> Sweep.over(List.of(7), curve(Map.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("failed at inFlight=7")
        .hasRootCauseMessage("starved, inFlight=7");
  }
}
