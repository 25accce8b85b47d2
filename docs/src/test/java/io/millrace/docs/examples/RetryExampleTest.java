package io.millrace.docs.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.InstanceHandle;
import io.millrace.testkit.ActivityScript;
import io.millrace.testkit.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of retry policies. */
@Timeout(60)
class RetryExampleTest {

  @Test
  void shouldTryAgainEverMorePatiently() {
    ActivityScript<String, String> charge =
        ActivityScript.<String, String>first().fails(new IOException("busy"), 4).returns("paid");
    try (TestEngine engine = TestEngine.inMemory(b -> Retries.register(b, charge))) {
      assertThat(engine.result(engine.start(Retries.PAY, "i-1", "i-1"))).isEqualTo("paid");
      Instant start = Instant.parse("2026-01-01T00:00:00Z");
      assertThat(charge.calls())
          .extracting(call -> Duration.between(start, call.at()).toSeconds())
          .containsExactly(0L, 10L, 30L, 70L, 130L);
    }
  }

  @Test
  void shouldNotTryAgainWhereItIsPointless() {
    ActivityScript<String, String> charge =
        ActivityScript.<String, String>first().fails(new IllegalArgumentException("no such card"));
    try (TestEngine engine = TestEngine.inMemory(b -> Retries.register(b, charge))) {
      InstanceHandle<String> pay = engine.start(Retries.PAY, "i-1", "i-1");
      assertThatThrownBy(() -> engine.result(pay)).hasMessageContaining("no such card");
      assertThat(charge.calls()).hasSize(1);
    }
  }
}
