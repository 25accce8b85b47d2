package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.storage.payload.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The values that say how a step is made: their defaults, their ranges, their texts. */
class StepOptionsTest {

  @Test
  void c10g_shouldRetryUnderTheNamedDefaultsWhenOnlyTheAttemptsAreGiven() {
    assertThat(RetryPolicy.attempts(5))
        .isEqualTo(
            new RetryPolicy(
                5, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), List.of(), List.of(), true));
  }

  @Test
  void c10g_shouldChangeOneThingAtATime() {
    RetryPolicy policy =
        RetryPolicy.attempts(3)
            .withFirstDelay(Duration.ofMillis(5))
            .withFactor(1.5)
            .withMaxDelay(Duration.ofSeconds(9))
            .retryOn(IOException.class)
            .retryOn(IOException.class, RuntimeException.class)
            .neverOn(IllegalStateException.class)
            .withTimeoutsRetried(false);

    assertThat(policy)
        .isEqualTo(
            new RetryPolicy(
                3,
                Duration.ofMillis(5),
                1.5,
                Duration.ofSeconds(9),
                List.of("java.io.IOException", "java.lang.RuntimeException"),
                List.of("java.lang.IllegalStateException"),
                false));
  }

  @Test
  void shouldStretchTheLongestDelayWhenTheFirstIsLonger() {
    assertThat(RetryPolicy.attempts(2).withFirstDelay(Duration.ofHours(1)).maxDelay())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void shouldRefuseAPolicyOutOfRange() {
    RetryPolicy policy = RetryPolicy.attempts(2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetryPolicy.attempts(0))
        .withMessage("expected 1 to 1000000 attempts, maxAttempts=0");
    assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.attempts(1_000_001));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.withFactor(0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.withFactor(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.withFirstDelay(Duration.ofMillis(-1)))
        .withMessage("expected firstDelay between PT0S and PT87672H, firstDelay=PT-0.001S");
    assertThatIllegalArgumentException().isThrownBy(() -> policy.withMaxDelay(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.withMaxDelay(RetryPolicy.DELAY_MAX.plusNanos(1)));
    List<String> many = java.util.Collections.nCopies(65, "x");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, List.of(), many, true))
        .withMessage("expected at most 64 exception classes, retryOn=0 neverOn=65");
  }

  @Test
  void c10i_shouldLimitTheTimesOfACall() {
    CallOptions options =
        CallOptions.DEFAULTS
            .withRetry(RetryPolicy.attempts(2))
            .withStartToClose(Duration.ofSeconds(1))
            .withScheduleToClose(Duration.ofSeconds(2))
            .withHeartbeat(Duration.ofSeconds(3));

    assertThat(options)
        .isEqualTo(
            new CallOptions(
                RetryPolicy.attempts(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withHeartbeat(Duration.ZERO))
        .withMessage("expected heartbeat between PT0.001S and PT87672H, heartbeat=PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withStartToClose(Duration.ofDays(4_000)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withScheduleToClose(Duration.ofMillis(-1)));
  }

  @Test
  void shouldRefuseNamesThatBreakTheRule() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Event.named("no spaces", String.class))
        .withMessageContaining("the name of an event 1 to 128 characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StateKey.named("", String.class))
        .withMessageContaining("the name of a state key 1 to 128 characters");
  }

  @Test
  void shouldCarryNameAndType() {
    TypeRef<List<String>> names = new TypeRef<>() {};

    assertThat(Event.named("go", names)).isEqualTo(new Event<>("go", names)).hasToString("go");
    assertThat(StateKey.named("total", names)).hasToString("total");
    assertThat(ChildOptions.DEFAULTS.id()).isNull();
    assertThat(ChildOptions.DEFAULTS.withId("child-1").id()).isEqualTo("child-1");
  }
}
