package io.millrace.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.Health;
import io.millrace.buffer.Health.Concern;
import io.millrace.buffer.Health.State;
import io.millrace.spring.internal.HealthReport.Status;
import org.junit.jupiter.api.Test;

/** Every state is shown, in a status that Boot does not leave out. */
class HealthReportTest {

  private static HealthReport of(State state, Concern concern) {
    return HealthReport.of(new Health(state, concern, "in words", null));
  }

  @Test
  void shouldShowTheStateBesideTheStatus() {
    HealthReport healthy = HealthReport.of(Health.HEALTHY);
    assertThat(healthy.status()).isEqualTo(Status.UP);
    assertThat(healthy.details()).containsOnlyKeys("state").containsEntry("state", "HEALTHY");

    HealthReport degraded = of(State.DEGRADED, Concern.STORE_STUMBLES);
    assertThat(degraded.status()).isEqualTo(Status.UP);
    assertThat(degraded.details())
        .containsEntry("state", "DEGRADED")
        .containsEntry("concern", "STORE_STUMBLES")
        .containsEntry("reason", "in words");

    HealthReport readOnly = of(State.READ_ONLY, Concern.DISK_SHORT);
    assertThat(readOnly.status()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(readOnly.details()).containsEntry("state", "READ_ONLY");

    assertThat(of(State.FAILED, Concern.FAULT).status()).isEqualTo(Status.DOWN);
  }
}
