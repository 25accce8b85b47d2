package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.C;
import static io.millrace.engine.replaying.Scene.all;
import static io.millrace.engine.replaying.Scene.any;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.DurableFuture;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.Wake;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What wakes code that waits while races run: also what only ends a race, if that ends what is
 * awaited; and nothing that cannot (R22).
 */
class RaceWakesTest {

  /** Awaits something made of three calls, which are events 1, 2 and 3. */
  private interface Code {
    DurableFuture<?> of(
        OrchestrationContext ctx,
        DurableFuture<String> one,
        DurableFuture<String> two,
        DurableFuture<String> three);
  }

  private static Scene scene(Code code) {
    return Scene.of(
        (ctx, input) -> {
          code.of(ctx, ctx.call(A, "1"), ctx.call(B, "2"), ctx.call(C, "3")).await();
          return "done";
        });
  }

  private static Wake wakeOf(Code code) {
    return wake(scene(code).turn(started("x")));
  }

  private static Wake wake(TurnOutcome outcome) {
    assertThat(outcome).isInstanceOf(TurnOutcome.Waiting.class);
    return ((TurnOutcome.Waiting) outcome).wake();
  }

  @Test
  void r22_shouldWakeByARaceThatSharesTheAwaitedCall() {
    assertThat(
            wakeOf(
                (ctx, one, two, three) -> {
                  ctx.race(List.of(one, two));
                  return one;
                }))
        .isEqualTo(any(on(1), any(on(1), on(2))));
  }

  @Test
  void r22_shouldNotWakeByARaceThatSharesNothing() {
    assertThat(
            wakeOf(
                (ctx, one, two, three) -> {
                  ctx.race(List.of(two, three));
                  return one;
                }))
        .isEqualTo(on(1));
  }

  @Test
  void r22_shouldWakeByARaceThatEndsTheOneThatShares() {
    assertThat(
            wakeOf(
                (ctx, one, two, three) -> {
                  ctx.race(List.of(one, two));
                  ctx.race(List.of(two, three));
                  return one;
                }))
        .isEqualTo(any(on(1), any(on(1), on(2)), any(on(2), on(3))));
  }

  @Test
  void r22_shouldSeeACallInsideAJoinThatRaces() {
    assertThat(
            wakeOf(
                (ctx, one, two, three) -> {
                  ctx.race(List.of(ctx.all(List.of(one, two)), three));
                  return one;
                }))
        .isEqualTo(any(on(1), any(all(on(1), on(2)), on(3))));
  }

  @Test
  void r22_shouldSeeThroughAJoinFromOneRaceToTheNext() {
    assertThat(
            wakeOf(
                (ctx, one, two, three) -> {
                  ctx.race(List.of(one, ctx.all(two)));
                  ctx.race(List.of(two, three));
                  return one;
                }))
        .isEqualTo(any(on(1), any(on(1), all(on(2))), any(on(2), on(3))));
  }

  @Test
  void r22_shouldNotMentionARaceInsideWhatIsAwaited() {
    assertThat(
            wakeOf((ctx, one, two, three) -> ctx.all(List.of(ctx.race(List.of(one, two)), three))))
        .isEqualTo(all(any(on(1), on(2)), on(3)));
    assertThat(wakeOf((ctx, one, two, three) -> ctx.race(List.of(one, two))))
        .isEqualTo(any(on(1), on(2)));
  }

  @Test
  void r22_shouldMentionARaceInsideWhoseCallIsAwaitedElsewhereToo() {
    assertThat(wakeOf((ctx, one, two, three) -> ctx.all(List.of(ctx.race(List.of(one, two)), two))))
        .isEqualTo(any(all(any(on(1), on(2)), on(2)), any(on(1), on(2))));
  }

  @Test
  void r22_shouldMentionARaceInsideThatSharesWithOneOutside() {
    assertThat(
            wakeOf(
                (ctx, one, two, three) -> {
                  ctx.race(List.of(two, three));
                  return ctx.all(List.of(ctx.race(List.of(one, two))));
                }))
        .isEqualTo(any(all(any(on(1), on(2))), any(on(1), on(2)), any(on(2), on(3))));
  }

  @Test
  void r22_shouldNotTakeAChoiceThatCancelsNothingForARace() {
    assertThat(
            wakeOf(
                (ctx, one, two, three) -> {
                  ctx.any(List.of(one, two));
                  return one;
                }))
        .isEqualTo(on(1));
    assertThat(
            wakeOf(
                (ctx, one, two, three) -> {
                  ctx.race(List.of(two, three));
                  return ctx.all(List.of(ctx.any(List.of(one, one))));
                }))
        .isEqualTo(all(any(on(1), on(1))));
  }

  @Test
  void r22_shouldForgetARaceThatIsOver() {
    Scene scene =
        scene(
            (ctx, one, two, three) -> {
              DurableFuture<String> race = ctx.race(List.of(two, ctx.call(A, "4")));
              ctx.race(List.of(two, three));
              race.await();
              return one;
            });
    scene.past(
        started("x"), called("a", "1"), called("b", "2"), called("c", "3"), called("a", "4"));
    assertThat(wake(scene.turn(result(2, "r")))).isEqualTo(on(1));
  }

  @Test
  void r22_shouldFollowTheRacesThatAreLeftWhenOneIsOver() {
    Scene scene =
        scene(
            (ctx, one, two, three) -> {
              DurableFuture<String> over = ctx.call(A, "4");
              DurableFuture<String> race = ctx.race(List.of(over, ctx.call(A, "5")));
              ctx.race(List.of(one, two));
              race.await();
              return one;
            });
    scene.past(
        started("x"),
        called("a", "1"),
        called("b", "2"),
        called("c", "3"),
        called("a", "4"),
        called("a", "5"));
    assertThat(wake(scene.turn(result(4, "r")))).isEqualTo(any(on(1), any(on(1), on(2))));
  }
}
