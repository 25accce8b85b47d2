package io.millrace.buffer.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PositionsTest {

  private final Positions positions = new Positions(10, 5, 2);

  @Test
  void r1_shouldRefuseEveryStepOutOfOrder() {
    assertThatThrownBy(() -> positions.appended(11, 1)).hasMessageContaining("appended=11");
    positions.decided(12);
    positions.appended(11, 100);
    assertThatThrownBy(() -> positions.synced(12)).hasMessageContaining("synced=12");
    assertThatThrownBy(() -> positions.applied(11, 1)).hasMessageContaining("applied=11");
    assertThatThrownBy(() -> positions.durable(6)).hasMessageContaining("durable=6");
    assertThatThrownBy(() -> positions.decided(11)).hasMessageContaining("decided=11");
    positions.synced(11);
    positions.applied(11, 40);
    positions.durable(11);
    assertThat(positions.toString())
        .isEqualTo("decided=12 appended=11 synced=11 applied=11 durable=11");
  }

  @Test
  void shouldCountTheLagFromWhereReplayEnded() {
    positions.applied(10, 1_000);
    positions.caughtUp();
    assertThat(positions.lagBytes()).isZero();
    positions.decided(11);
    positions.appended(11, 70);
    assertThat(positions.lagBytes()).isEqualTo(70);
  }
}
