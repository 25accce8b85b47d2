package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many activities of one turn. */
final class FanOutTest extends EveryStore {

  @Test
  void r22_r26_shouldJoinTenThousandActivitiesOfOneTurn() {
    open(
        builder ->
            builder
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      List<DurableFuture<String>> calls = new ArrayList<>();
                      for (int i = 0; i < 10_000; i++) {
                        calls.add(ctx.call(STEP, name + i));
                      }
                      return String.valueOf(ctx.all(calls).await().size());
                    })
                .activity(STEP, name -> name));
    assertThat(engine().start(FLOW, "one", "a").result(SOON)).isEqualTo("10000");
    assertThat(engine().statistics().turns()).as("no turn without need").isLessThanOrEqualTo(4);
  }
}
