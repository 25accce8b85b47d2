package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoCommandTest {

  @Test
  void shouldLoseNothingWhenKilledMidway() {
    Invocation run = Invocation.of("demo");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("killed (SIGKILL", "lost: 0");
  }
}
