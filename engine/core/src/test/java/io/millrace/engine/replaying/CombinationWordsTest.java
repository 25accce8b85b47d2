package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.failure;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.DurableFuture;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.StepFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** How combinations are called in reports and in what a failed step throws. */
class CombinationWordsTest {

  private interface Combined
      extends BiFunction<OrchestrationContext, List<DurableFuture<String>>, DurableFuture<?>> {}

  /** Runs code that waits for a combination where history holds one more call. */
  private static String foundWaiting(int calls, Combined combined) {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              List<DurableFuture<String>> futures = new ArrayList<>();
              for (int i = 1; i <= calls; i++) {
                futures.add(ctx.call(i % 2 == 1 ? A : B, "x"));
              }
              combined.apply(ctx, futures).await();
              return "done";
            });
    List<io.millrace.storage.orchestration.HistoryEvent> events = new ArrayList<>();
    events.add(started("x"));
    for (int i = 1; i <= calls; i++) {
      events.add(called(i % 2 == 1 ? "a" : "b", "x"));
    }
    events.add(called("c", "one more"));
    scene.past(events.toArray(io.millrace.storage.orchestration.HistoryEvent[]::new));
    return scene.diverging(result(1, "r")).found();
  }

  @Test
  void c20d_shouldSayWhatItWaitsFor() {
    String waits = "nothing more in this turn: it waits for ";
    assertThat(foundWaiting(1, (ctx, some) -> ctx.all(some))).isEqualTo(waits + "all(activity a)");
    assertThat(foundWaiting(2, (ctx, some) -> ctx.allSettled(some)))
        .isEqualTo(waits + "allSettled(activity a, activity b)");
    assertThat(foundWaiting(3, (ctx, some) -> ctx.any(some)))
        .isEqualTo(waits + "any(activity a, activity b, activity a)");
    assertThat(foundWaiting(5, (ctx, some) -> ctx.race(some)))
        .isEqualTo(waits + "race(activity a, activity b, activity a, and 2 more)");
  }

  /** Runs code whose second call failed, and returns what awaiting the combination throws. */
  private static String thrownBy(Combined combined) {
    List<String> messages = new ArrayList<>();
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                combined.apply(ctx, List.of(ctx.call(A, "1"), ctx.call(B, "2"))).await();
              } catch (StepFailedException e) {
                messages.add(e.getMessage());
              }
              return "done";
            });
    scene.past(started("x"), called("a", "1"), called("b", "2")).turn(failure(2, "no"));
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  @Test
  void c22a_shouldNameThePartThatFailed() {
    assertThat(thrownBy((ctx, some) -> ctx.all(some)))
        .contains("activity b")
        .doesNotContain("activity a");
    assertThat(thrownBy((ctx, some) -> ctx.any(some)))
        .contains("activity b")
        .doesNotContain("activity a");
    assertThat(thrownBy((ctx, some) -> ctx.all(List.of(ctx.any(some)))))
        .contains("activity b")
        .doesNotContain("any(");
  }

  @Test
  void c10b_shouldFailWithTheFirstFailureWhicheverPlaceItHas() {
    for (boolean swapped : new boolean[] {false, true}) {
      List<String> messages = new ArrayList<>();
      Scene scene =
          Scene.of(
              (ctx, input) -> {
                DurableFuture<String> one = ctx.call(A, "1");
                DurableFuture<String> two = ctx.call(B, "2");
                try {
                  ctx.all(swapped ? List.of(two, one) : List.of(one, two)).await();
                } catch (StepFailedException e) {
                  messages.add(e.getMessage());
                }
                return "done";
              });
      scene
          .past(started("x"), called("a", "1"), called("b", "2"))
          .turn(failure(1, "first"), failure(2, "second"));
      assertThat(messages).as("swapped=%s", swapped).hasSize(1);
      assertThat(messages.get(0)).contains("activity a", "first").doesNotContain("second");
    }
  }
}
