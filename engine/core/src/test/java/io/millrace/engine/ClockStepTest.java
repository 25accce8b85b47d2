package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.internal.runtime.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R21: a clock that jumps, under a running engine. */
@Timeout(60)
final class ClockStepTest {

  /** A clock that can be set, beside one that cannot. */
  private static final class SettableTime implements TimeSource {
    private final ManualTime steady = new ManualTime();
    private final AtomicLong setBy = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();

    @Override
    public long nowMillis() {
      return steady.nowMillis() + setBy.get();
    }

    @Override
    public long steadyMillis() {
      looks.incrementAndGet();
      return steady.nowMillis();
    }

    @Override
    public void sleepUntil(long deadlineMillis) {
      steady.sleepUntil(
          deadlineMillis == Long.MAX_VALUE ? deadlineMillis : deadlineMillis - setBy.get());
    }

    @Override
    public void wake() {
      steady.wake();
    }

    /** Sets the clock, and waits until the timer thread has looked at it. */
    void set(long by) {
      setBy.addAndGet(by);
      look();
    }

    void advance(long millis) {
      steady.advance(millis);
      look();
    }

    /** Waits for a look that began after this call, and that another has followed. */
    private void look() {
      long before = looks.get();
      EveryStore.eventually(
          () -> {
            wake();
            return looks.get() > before + 2 ? true : null;
          });
    }
  }

  private final SettableTime time = new SettableTime();

  private Millrace open() {
    return Millrace.inMemory()
        .time(time)
        .orchestration(
            EveryStore.FLOW,
            (ctx, name) -> {
              ctx.sleep(Duration.ofHours(1)).await();
              return name;
            })
        .open();
  }

  private static void startAndWait(Millrace millrace) {
    millrace.start(EveryStore.FLOW, "one", "a");
    EveryStore.eventually(() -> millrace.info("one").filter(info -> info.turns() > 0).orElse(null));
  }

  @Test
  void r21_shouldFireNothingWhileTheClockIsFarAhead() {
    try (Millrace millrace = open()) {
      startAndWait(millrace);
      time.look();
      time.set(Duration.ofDays(1).toMillis());
      time.advance(59_000);
      assertThat(millrace.statistics().timersFired()).isZero();
      time.set(-Duration.ofDays(1).toMillis());
      assertThat(millrace.statistics().timersFired()).isZero();
      time.advance(Duration.ofHours(1).toMillis());
      assertThat(millrace.instance(EveryStore.FLOW, "one").result(EveryStore.SOON)).isEqualTo("a");
    }
  }

  @Test
  void r21_shouldFireWhenTheClockDoesNotComeBack() {
    try (Millrace millrace = open()) {
      startAndWait(millrace);
      time.look();
      time.set(Duration.ofDays(1).toMillis());
      time.advance(60_000);
      assertThat(millrace.instance(EveryStore.FLOW, "one").result(EveryStore.SOON)).isEqualTo("a");
    }
  }
}
