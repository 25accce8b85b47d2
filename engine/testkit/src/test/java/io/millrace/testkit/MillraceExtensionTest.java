package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Orchestration;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class MillraceExtensionTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);

  @RegisterExtension
  final MillraceExtension millrace =
      MillraceExtension.with(
          builder ->
              builder.orchestration(
                  FLOW,
                  (ctx, name) -> {
                    ctx.sleep(Duration.ofDays(30)).await();
                    return name + " slept";
                  }));

  @Test
  void shouldGiveTheEngineAsAParameter(TestEngine engine) {
    assertThat(engine).isSameAs(millrace.engine());
    assertThat(engine.result(engine.start(FLOW, "one", "a"))).isEqualTo("a slept");
  }

  @Test
  void shouldGiveEveryTestAnEngineOfItsOwn() {
    TestEngine engine = millrace.engine();
    assertThat(engine.start(FLOW, "one", "b").created()).isTrue();
    assertThat(engine.nextEvent()).contains(engine.now());
  }
}
