package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** R22: turns that do not come to an end. */
final class TurnTimeTest extends EveryStore {

  @Test
  void r22_shouldRunATurnAgainOnAnotherThreadWhenItHangs() {
    AtomicInteger runs = new AtomicInteger();
    open(
        builder ->
            builder
                .orchestrationWorkers(1)
                .limits(EngineLimits.defaults().withTurnTimeMax(Duration.ofMillis(200)))
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      if (runs.incrementAndGet() == 1) {
                        hang();
                      }
                      return name;
                    }));
    assertThat(engine().start(FLOW, "one", "a").result(SOON)).isEqualTo("a");
    assertThat(engine().start(FLOW, "two", "b").result(SOON)).isEqualTo("b");
    // On a loaded machine another turn may take that long too, and is run again.
    assertThat(runs.get()).isGreaterThanOrEqualTo(3);
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
