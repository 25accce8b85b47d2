package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.C;
import static io.millrace.engine.replaying.Scene.all;
import static io.millrace.engine.replaying.Scene.any;
import static io.millrace.engine.replaying.Scene.boom;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.fails;
import static io.millrace.engine.replaying.Scene.failure;
import static io.millrace.engine.replaying.Scene.fired;
import static io.millrace.engine.replaying.Scene.gaveUp;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.settled;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.timer;
import static io.millrace.engine.replaying.Scene.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.DurableFuture;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.Settled;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Combinations: all, allSettled, any, anyIndex, of each other too. */
class JoinReplayTest {

  private static final HistoryEvent.Action CALL_A = called("a", "1");
  private static final HistoryEvent.Action CALL_B = called("b", "2");
  private static final HistoryEvent.Action CALL_C = called("c", "3");

  private static List<DurableFuture<String>> three(OrchestrationContext ctx) {
    return List.of(ctx.call(A, "1"), ctx.call(B, "2"), ctx.call(C, "3"));
  }

  private static Scene joining() {
    return Scene.of((ctx, input) -> String.join("", ctx.all(three(ctx)).await()));
  }

  private static Scene racing() {
    return Scene.of((ctx, input) -> ctx.any(three(ctx)).await());
  }

  private static Scene begun(Scene scene) {
    return scene.past(started("x"), CALL_A, CALL_B, CALL_C);
  }

  @Test
  void c10b_shouldWaitForAllWhenJoining() {
    assertThat(joining().turn(started("x")))
        .isEqualTo(waits(all(on(1), on(2), on(3)), CALL_A, CALL_B, CALL_C));
  }

  @Test
  void c10b_shouldGiveResultsInTheOrderOfTheArguments() {
    assertThat(begun(joining()).turn(result(3, "c"), result(1, "a"), result(2, "b")))
        .isEqualTo(completes("abc"));
  }

  @Test
  void c10b_shouldWaitForTheRestWhenSomeCompleted() {
    assertThat(begun(joining()).turn(result(2, "b"))).isEqualTo(waits(all(on(1), on(3))));
  }

  @Test
  void c10b_shouldGoOnWhenTheRestCameTurnsLater() {
    assertThat(begun(joining()).past(result(2, "b")).past(result(1, "a")).turn(result(3, "c")))
        .isEqualTo(completes("abc"));
  }

  @Test
  void c10b_shouldFailAtOnceWhenOneFails() {
    assertThat(begun(joining()).turn(failure(2, "no"))).isEqualTo(fails(boom("no")));
  }

  @Test
  void c10b_shouldFailWithTheFailureThatStandsFirstInHistory() {
    assertThat(begun(joining()).turn(failure(3, "first"), failure(1, "second")))
        .isEqualTo(fails(boom("first")));
  }

  @Test
  void c10b_shouldFailWithTheEarlierFailureWhenJoinedAfterwards() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              List<DurableFuture<String>> parts = three(ctx);
              ctx.allSettled(parts).await();
              return ctx.all(parts).await().toString();
            });

    assertThat(begun(scene).turn(failure(3, "first"), result(2, "b"), failure(1, "second")))
        .isEqualTo(fails(boom("first")));
  }

  @Test
  void c10b_shouldBeDoneAtOnceWhenThereIsNothingToJoin() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.all().await();
              return ctx.all(List.of()).await().toString()
                  + ctx.allSettled(List.of()).await().toString();
            });

    assertThat(scene.turn(started("x"))).isEqualTo(completes("[][]"));
  }

  @Test
  void c10b_shouldJoinFuturesOfDifferentTypes() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> call = ctx.call(A, "1");
              ctx.all(call, ctx.sleep(Duration.ofSeconds(5))).await();
              return call.await();
            });

    assertThat(scene.turn(started("x")))
        .isEqualTo(waits(all(on(1), on(2)), CALL_A, timer(Scene.T0 + 6_000)));
    scene.past(started("x"), CALL_A, timer(Scene.T0 + 6_000)).past(result(1, "a"));
    assertThat(scene.turn(fired(2))).isEqualTo(completes("a"));
  }

  @Test
  void c10b_shouldCountAFutureTwiceWhenItIsJoinedTwice() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> call = ctx.call(A, "1");
              return String.join("", ctx.all(List.of(call, call)).await());
            });

    assertThat(scene.past(started("x"), CALL_A).turn(result(1, "a"))).isEqualTo(completes("aa"));
  }

  @Test
  void c10c_shouldSettleWhenAllEndedWellOrBadly() {
    List<Settled<String>> seen = new ArrayList<>();
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              seen.addAll(ctx.allSettled(three(ctx)).await());
              return "done";
            });
    begun(scene);

    assertThat(scene.turn(failure(1, "no"))).isEqualTo(waits(settled(on(2), on(3))));
    assertThat(scene.turn(failure(1, "no"), result(2, "b"), result(3, "c")))
        .isEqualTo(completes("done"));
    assertThat(seen)
        .containsExactly(
            new Settled.Unsuccessful<>(boom("no")),
            new Settled.Succeeded<>("b"),
            new Settled.Succeeded<>("c"));
  }

  @Test
  void c10d_shouldWaitForAnyWhenRacing() {
    assertThat(racing().turn(started("x")))
        .isEqualTo(waits(any(on(1), on(2), on(3)), CALL_A, CALL_B, CALL_C));
  }

  @Test
  void c10d_shouldGiveTheFirstInHistoryWhenSeveralCompleted() {
    assertThat(begun(racing()).turn(result(3, "c"), result(1, "a"))).isEqualTo(completes("c"));
  }

  @Test
  void c10d_shouldGiveTheFirstInHistoryWhenAllCompletedBefore() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              List<DurableFuture<String>> parts = three(ctx);
              ctx.all(parts).await();
              return ctx.any(parts).await();
            });

    assertThat(begun(scene).past(result(2, "b")).turn(result(1, "a"), result(3, "c")))
        .isEqualTo(completes("b"));
  }

  @Test
  void c10d_shouldFailWhenTheFirstInHistoryFailed() {
    assertThat(begun(racing()).turn(failure(2, "no"), result(1, "a"))).isEqualTo(fails(boom("no")));
  }

  @Test
  void c10e_shouldGiveATieToTheFirstArgument() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> a = ctx.call(A, "1");
              DurableFuture<Void> joined = ctx.all(a);
              // Both end by the same event. The join was made first, and is told first.
              return ctx.anyIndex(a, joined).await() + "," + ctx.anyIndex(joined, a).await();
            });

    assertThat(scene.past(started("x"), CALL_A).turn(result(1, "a"))).isEqualTo(completes("0,0"));
  }

  @Test
  void c10e_shouldFailAsTheFirstArgumentDoesWhenATieIsOfFailureAndSuccess() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> a = ctx.call(A, "1");
              DurableFuture<List<Settled<String>>> ended = ctx.allSettled(List.of(a));
              DurableFuture<Object> race = ctx.any(List.of(a, ended));
              return ctx.all(List.of(race)).await().toString();
            });

    assertThat(scene.past(started("x"), CALL_A).turn(failure(1, "no")))
        .isEqualTo(fails(boom("no")));
  }

  @Test
  void c10f_shouldGiveThePlaceOfTheFirstAndNotFail() {
    Scene scene =
        Scene.of(
            (ctx, input) ->
                "first=" + ctx.anyIndex(three(ctx).toArray(DurableFuture<?>[]::new)).await());

    assertThat(begun(scene).turn(failure(2, "no"))).isEqualTo(completes("first=1"));
  }

  @Test
  void c15a_shouldCancelNothingWhenOneOfAnyIsDone() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              List<DurableFuture<String>> parts = three(ctx);
              return ctx.any(parts).await() + parts.get(0).await();
            });
    begun(scene);

    assertThat(scene.turn(result(3, "c"))).isEqualTo(waits(on(1)));
    assertThat(scene.past(result(3, "c")).turn(result(1, "a"))).isEqualTo(completes("ca"));
  }

  @Test
  void c15b_shouldRecordWhatIsCancelledAndFailIt() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              List<DurableFuture<String>> parts = three(ctx);
              String first = ctx.any(parts).await();
              ctx.all(parts).cancel();
              return first + parts.get(1).isDone() + parts.get(2).await();
            });
    begun(scene);

    assertThat(scene.turn(result(1, "a")))
        .isEqualTo(
            fails(new Failure.Cancelled("the orchestration gave it up"), gaveUp(2), gaveUp(3)));
  }

  @Test
  void c15b_shouldRepeatTheCancellingFromHistory() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> a = ctx.call(A, "1");
              DurableFuture<String> b = ctx.call(B, "2");
              String first = ctx.any(a, b).await();
              b.cancel();
              b.cancel();
              a.cancel();
              return first + b.isDone() + ctx.call(C, "3").await();
            });
    scene.past(started("x"), CALL_A, CALL_B).past(result(1, "a"), gaveUp(2), CALL_C);

    // The completion of what was given up came too late, and is ignored.
    assertThat(scene.turn(result(2, "b"), result(5, "c"))).isEqualTo(completes("atruec"));
  }

  @Test
  void shouldNestCombinations() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> a = ctx.call(A, "1");
              DurableFuture<String> b = ctx.call(B, "2");
              DurableFuture<String> c = ctx.call(C, "3");
              DurableFuture<String> first = ctx.any(b, c);
              return String.join("", ctx.all(List.of(a, first)).await());
            });

    assertThat(scene.turn(started("x")))
        .isEqualTo(waits(all(on(1), any(on(2), on(3))), CALL_A, CALL_B, CALL_C));
    begun(scene);
    assertThat(scene.turn(result(3, "c"))).isEqualTo(waits(all(on(1))));
    assertThat(scene.turn(result(3, "c"), result(2, "b"), result(1, "a")))
        .isEqualTo(completes("ac"));
    assertThat(scene.turn(failure(3, "no"))).isEqualTo(fails(boom("no")));
  }

  @Test
  void shouldRefuseToWaitForNothing() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              assertThatThrownBy(() -> ctx.any(List.of()))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("futures=0");
              assertThatThrownBy(() -> ctx.anyIndex()).isInstanceOf(IllegalArgumentException.class);
              return "refused";
            });

    assertThat(scene.turn(started("x"))).isEqualTo(completes("refused"));
  }

  @Test
  void shouldRefuseAFutureOfAnotherTurn() {
    List<DurableFuture<String>> leaked = new ArrayList<>();
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              leaked.add(ctx.call(A, "1"));
              return String.join("", ctx.all(leaked).await());
            });
    scene.turn(started("x"));

    Failure.ApplicationFailure failure = (Failure.ApplicationFailure) scene.failing(started("x"));

    assertThat(failure.type()).isEqualTo(IllegalArgumentException.class.getName());
    assertThat(failure.message()).contains("futures of this turn's context", "place=0");
  }
}
