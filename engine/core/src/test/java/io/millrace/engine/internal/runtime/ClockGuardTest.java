package io.millrace.engine.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R21: a clock that is set while the engine runs. */
class ClockGuardTest {

  private static final long DAY = 86_400_000;

  private final List<String> reports = new ArrayList<>();
  private final ClockGuard guard = new ClockGuard(600_000, 60_000, reports::add);
  private long now = 1_700_000_000_000L;
  private long steady = 5;

  ClockGuardTest() {
    assertThat(guard.isHeld(now, steady)).isFalse();
  }

  private boolean heldAfter(long steadyMillis, long step) {
    steady += steadyMillis;
    now += steadyMillis + step;
    return guard.isHeld(now, steady);
  }

  @Test
  void r21_shouldNotHoldWhenTimeGoesOnHoweverLong() {
    assertThat(heldAfter(DAY, 0)).isFalse();
    assertThat(heldAfter(100 * DAY, 600_000)).isFalse();
    assertThat(reports).isEmpty();
  }

  @Test
  void r21_shouldHoldWhileTheClockIsFarAheadAndGoOnWhenItComesBack() {
    assertThat(heldAfter(1_000, DAY)).isTrue();
    assertThat(heldAfter(30_000, 0)).isTrue();
    assertThat(reports).singleElement().asString().contains("stepMillis=" + DAY);
    assertThat(heldAfter(1_000, -DAY)).isFalse();
    assertThat(reports).hasSize(2);
    assertThat(heldAfter(1_000, DAY)).as("the next step is as bad").isTrue();
  }

  @Test
  void r21_shouldTakeTheNewTimeWhenItStays() {
    assertThat(heldAfter(1_000, DAY)).isTrue();
    assertThat(heldAfter(59_999, 0)).isTrue();
    assertThat(heldAfter(1, 0)).isFalse();
    assertThat(heldAfter(1_000, 0)).isFalse();
    assertThat(reports).hasSize(2);
  }

  @Test
  void r21_shouldOnlyReportAStepBack() {
    assertThat(heldAfter(1_000, -DAY)).isFalse();
    assertThat(reports).singleElement().asString().contains("stepMillis=-" + DAY);
    assertThat(heldAfter(1_000, 0)).isFalse();
    assertThat(reports).hasSize(1);
  }
}
