package io.millrace.jmh.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class InFlightGateTest {

  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(60);

  @Test
  void shouldLetInNoMoreThanAllowed() throws Exception {
    InFlightGate gate = new InFlightGate(3);
    for (int i = 0; i < 3; i++) {
      assertThat(gate.enter(System.nanoTime() + LONG_NANOS)).isTrue();
    }
    assertThat(gate.enter(System.nanoTime() + 1_000_000)).isFalse();
    gate.leave();
    assertThat(gate.enter(System.nanoTime() + LONG_NANOS)).isTrue();
  }

  @Test
  void shouldNeitherEnterNorWaitWhenTheTimeIsOver() throws Exception {
    InFlightGate gate = new InFlightGate(1);
    assertThat(gate.enter(System.nanoTime() - 1)).isFalse();
    assertThat(gate.awaitEmpty(System.nanoTime() - 1)).as("nobody is inside").isTrue();
  }

  @Test
  void shouldWakeWhoeverWaitsWhenOthersLeaveMeanwhile() throws Exception {
    InFlightGate gate = new InFlightGate(200);
    AtomicInteger inside = new AtomicInteger();
    int most = 0;
    for (int i = 0; i < 20_000; i++) {
      assertThat(gate.enter(System.nanoTime() + LONG_NANOS)).isTrue();
      most = Math.max(most, inside.incrementAndGet());
      var unused =
          CompletableFuture.runAsync(
              () -> {
                inside.decrementAndGet();
                gate.leave();
              });
    }
    assertThat(gate.awaitEmpty(System.nanoTime() + LONG_NANOS)).isTrue();
    assertThat(inside).hasValue(0);
    assertThat(most).isBetween(1, 200);
  }
}
