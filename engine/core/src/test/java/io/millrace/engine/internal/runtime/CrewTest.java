package io.millrace.engine.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.testing.Eventually;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CrewTest {

  /** Producers stop between bursts, so that members fall asleep again and again. */
  @Test
  void shouldLeaveNothingBehindWhenMembersFallAsleepBetweenBursts() throws Exception {
    AtomicInteger done = new AtomicInteger();
    int expected = 0;
    Crew<Integer> crew =
        new Crew<>(this, EngineThread.Role.ACTIVITY, "crew", 3, item -> done.incrementAndGet());
    crew.start();
    for (int round = 0; round < 20_000; round++) {
      int burst = 1 + round % 4;
      expected += burst;
      for (int i = 0; i < burst; i++) {
        crew.offer(i);
      }
      if (round % 2 == 0) {
        awaitDone(done, expected);
      }
    }
    awaitDone(done, expected);
    crew.stop();
    assertThat(crew.join(TimeUnit.SECONDS.toNanos(10))).isTrue();
  }

  private static void awaitDone(AtomicInteger done, int expected) {
    Eventually.so("done=" + expected, () -> done.get() >= expected);
  }

  @Test
  void shouldUseASecondThreadWhenTheFirstIsBlocked() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Crew<Integer> crew =
        new Crew<>(
            this,
            EngineThread.Role.ACTIVITY,
            "crew",
            2,
            item -> {
              if (item == 1) {
                await(release);
              } else {
                second.countDown();
              }
            });
    crew.start();
    crew.offer(1);
    crew.offer(2);
    assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
    release.countDown();
    crew.finish();
    assertThat(crew.join(TimeUnit.SECONDS.toNanos(10))).isTrue();
  }

  @Test
  void shouldGoOnWhenAnItemThrows() throws Exception {
    AtomicInteger done = new AtomicInteger();
    Crew<Integer> crew =
        new Crew<>(
            this,
            EngineThread.Role.CALLBACK,
            "crew",
            1,
            item -> {
              if (item == 1) {
                throw new IllegalStateException("on purpose");
              }
              done.incrementAndGet();
            });
    crew.offer(1);
    crew.offer(2);
    crew.start();
    crew.finish();
    assertThat(crew.join(TimeUnit.SECONDS.toNanos(10))).isTrue();
    assertThat(done.get()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
