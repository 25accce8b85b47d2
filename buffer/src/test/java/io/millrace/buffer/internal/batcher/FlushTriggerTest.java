package io.millrace.buffer.internal.batcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.FlushPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When each flush policy has what waits go, to the record, the byte and the nanosecond. */
class FlushTriggerTest {

  private static final long NEVER = Long.MAX_VALUE;
  private static final long MILLI = 1_000_000;

  private static FlushTrigger of(FlushPolicy policy) {
    return FlushTrigger.of(policy);
  }

  @Test
  void shouldCountRecords() {
    FlushTrigger trigger = of(FlushPolicy.count(3));
    assertThat(trigger.isDue(2, NEVER - 1, NEVER - 1, NEVER - 1, 0)).isFalse();
    assertThat(trigger.isDue(3, 0, 0, 0, 0)).isTrue();
    assertThat(trigger.nanosLeft(5, 5, 0)).isEqualTo(NEVER);
  }

  @Test
  void shouldCountBytes() {
    FlushTrigger trigger = of(FlushPolicy.bytes(1_000));
    assertThat(trigger.isDue(NEVER - 1, 999, NEVER - 1, NEVER - 1, 0)).isFalse();
    assertThat(trigger.isDue(0, 1_000, 0, 0, 0)).isTrue();
    assertThat(trigger.nanosLeft(5, 5, 0)).isEqualTo(NEVER);
  }

  @Test
  void shouldLookAtTheAgeOfTheOldest() {
    FlushTrigger trigger = of(FlushPolicy.age(Duration.ofMillis(10)));
    assertThat(trigger.isDue(NEVER - 1, NEVER - 1, 10 * MILLI - 1, NEVER - 1, 0)).isFalse();
    assertThat(trigger.isDue(0, 0, 10 * MILLI, 0, 0)).isTrue();
    assertThat(trigger.nanosLeft(4 * MILLI, 0, 0)).isEqualTo(6 * MILLI);
    assertThat(trigger.nanosLeft(11 * MILLI, 0, 0)).as("overdue").isZero();
  }

  @Test
  void shouldLookAtTheQuiet() {
    FlushTrigger trigger = of(FlushPolicy.whenIdle(Duration.ofMillis(2)));
    assertThat(trigger.isDue(NEVER - 1, NEVER - 1, NEVER - 1, 2 * MILLI - 1, 0)).isFalse();
    assertThat(trigger.isDue(0, 0, 0, 2 * MILLI, 0)).isTrue();
    assertThat(trigger.nanosLeft(NEVER, MILLI, 0)).isEqualTo(MILLI);
    assertThat(trigger.nanosLeft(NEVER, 3 * MILLI, 0)).isZero();
  }

  @Test
  void shouldBeginAsMuchEarlierAsAFlushTakes() {
    FlushTrigger trigger = of(FlushPolicy.adaptive(Duration.ofMillis(10)));
    assertThat(trigger.isDue(0, 0, 6 * MILLI - 1, 0, 4 * MILLI)).isFalse();
    assertThat(trigger.isDue(0, 0, 6 * MILLI, 0, 4 * MILLI)).isTrue();
    assertThat(trigger.nanosLeft(MILLI, 0, 4 * MILLI)).isEqualTo(5 * MILLI);
    assertThat(trigger.isDue(0, 0, 0, 0, 40 * MILLI)).as("it cannot be kept: at once").isTrue();
    assertThat(trigger.nanosLeft(0, 0, 40 * MILLI)).isZero();
  }

  @Test
  void shouldNeverFlushByItselfWhenItIsManual() {
    FlushTrigger trigger = of(FlushPolicy.manual());
    assertThat(trigger.isDue(NEVER - 1, NEVER - 1, NEVER - 1, NEVER - 1, NEVER - 1)).isFalse();
    assertThat(trigger.nanosLeft(5, 5, 5)).isEqualTo(NEVER);
  }

  @Test
  void shouldTakeTheSoonestOfSeveralWhateverTheirOrder() {
    FlushPolicy count = FlushPolicy.count(3);
    FlushPolicy more = FlushPolicy.count(5);
    FlushPolicy bytes = FlushPolicy.bytes(100);
    FlushPolicy age = FlushPolicy.age(Duration.ofMillis(10));
    FlushPolicy idle = FlushPolicy.whenIdle(Duration.ofMillis(2));
    FlushPolicy lag = FlushPolicy.adaptive(Duration.ofMillis(8));
    FlushTrigger expected = new FlushTrigger(3, 100, 10 * MILLI, 2 * MILLI, 8 * MILLI);
    assertThat(of(FlushPolicy.whicheverFirst(count, more, bytes, age, idle, lag)))
        .isEqualTo(expected);
    assertThat(of(FlushPolicy.whicheverFirst(lag, idle, age, bytes, more, count)))
        .isEqualTo(expected);
    assertThat(expected.nanosLeft(MILLI, 0, 0)).as("quiet comes first").isEqualTo(2 * MILLI);
    assertThat(expected.nanosLeft(7 * MILLI, 0, 0)).as("then the lag").isEqualTo(MILLI);
  }
}
