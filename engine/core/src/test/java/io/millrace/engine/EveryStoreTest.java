package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That the places themselves keep what they should. */
final class EveryStoreTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);

  @Test
  void shouldGoOnWhereItStoodWhenReopenedAgainAndAgain() {
    AtomicInteger ran = new AtomicInteger();
    open(
        builder ->
            builder
                .orchestration(
                    FLOW,
                    (ctx, name) ->
                        ctx.call(STEP, name).await()
                            + ctx.waitFor(GO).await()
                            + ctx.waitFor(GO).await())
                .activity(
                    STEP,
                    name -> {
                      ran.incrementAndGet();
                      return name;
                    }));
    engine().start(FLOW, "one", "a");
    eventually(() -> engine().info("one").filter(info -> info.turns() == 2).orElse(null));
    reopen();
    engine().raise("one", GO, "1");
    reopen();
    engine().raise("one", GO, "2");
    reopen();
    assertThat(engine().start(FLOW, "one", "b").result(SOON)).isEqualTo("a12");
    assertThat(engine().start(FLOW, "one", "b").created()).isFalse();
    assertThat(ran.get()).as("recorded once").isEqualTo(1);
  }
}
