package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.boom;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.fails;
import static io.millrace.engine.replaying.Scene.failure;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.text;
import static io.millrace.engine.replaying.Scene.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.StepFailedException;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.TypeRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of activities: asked for, answered from history, failed. */
class CallReplayTest {

  private static final Scene oneCall() {
    return Scene.of((ctx, input) -> ctx.call(A, input).await() + "!");
  }

  @Test
  void shouldCompleteAtOnceWhenNothingIsAsked() {
    assertThat(Scene.of((ctx, input) -> input + "!").turn(started("x"))).isEqualTo(completes("x!"));
  }

  @Test
  void shouldCompleteWithNothingWhenTheCodeReturnsNull() {
    assertThat(Scene.of((ctx, input) -> null).turn(started("x"))).isEqualTo(completes(null));
  }

  @Test
  void c10a_shouldScheduleAndWaitWhenAnActivityIsCalled() {
    assertThat(oneCall().turn(started("x"))).isEqualTo(waits(on(1), called("a", "x")));
  }

  @Test
  void c10a_shouldGoOnWithTheResultWhenTheActivityCompleted() {
    assertThat(oneCall().past(started("x"), called("a", "x")).turn(result(1, "r")))
        .isEqualTo(completes("r!"));
  }

  @Test
  void c10a_shouldGiveNullWhenTheActivityReturnedNull() {
    assertThat(oneCall().past(started("x"), called("a", "x")).turn(result(1, null)))
        .isEqualTo(completes("null!"));
  }

  @Test
  void shouldRecordTheTagWhenTheActivityHasOne() {
    Scene scene = Scene.of((ctx, input) -> ctx.call(A.withTag("slow"), input).await());

    assertThat(scene.turn(started("x")))
        .isEqualTo(waits(on(1), new HistoryEvent.ActivityScheduled("a", "slow", text("x"))));
  }

  @Test
  void shouldEndWithPendingCallsWhenNobodyAwaitsThem() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.call(A, "1");
              ctx.call(B, "2");
              return "done";
            });

    assertThat(scene.turn(started("x")))
        .isEqualTo(completes("done", called("a", "1"), called("b", "2")));
  }

  @Test
  void shouldTellIdenticalCallsApartWhenTheyFollowEachOther() {
    Scene scene =
        Scene.of(
            (ctx, input) ->
                ctx.call(A, "x").await() + ctx.call(A, "x").await() + ctx.call(A, "x").await());
    scene.past(started("in"), called("a", "x")).past(result(1, "1"), called("a", "x"));

    assertThat(scene.turn(result(3, "2"))).isEqualTo(waits(on(5), called("a", "x")));
    scene.past(result(3, "2"), called("a", "x"));
    assertThat(scene.turn(result(5, "3"))).isEqualTo(completes("123"));
  }

  @Test
  void shouldKeepWaitingWhenOnlyAnotherCallCompleted() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> a = ctx.call(A, "1");
              DurableFuture<String> b = ctx.call(B, "2");
              return a.await() + b.await();
            });
    scene.past(started("x"), called("a", "1"), called("b", "2"));

    assertThat(scene.turn(result(2, "b"))).isEqualTo(waits(on(1)));
    scene.past(result(2, "b"));
    assertThat(scene.turn(result(1, "a"))).isEqualTo(completes("ab"));
  }

  @Test
  void c20a_shouldNotCompareInputsWhenReplaying() {
    assertThat(oneCall().past(started("x"), called("a", "another")).turn(result(1, "r")))
        .isEqualTo(completes("r!"));
  }

  @Test
  void shouldNotDecodeWhatIsOnlyPassed() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.call(A, "unused");
              return ctx.call(B, "2").await();
            });
    scene.past(started("x"), called("a", "unused"), called("b", "2")).past(result(1, "r"));

    assertThat(scene.turn(result(2, "b"))).isEqualTo(completes("b"));

    // Written: the output, and both inputs once more, to compare them. Read: the input and the one
    // result that is awaited.
    assertThat(scene.codec.encoded).isEqualTo(3);
    assertThat(scene.codec.decoded).isEqualTo(2);
  }

  @Test
  void c4a_shouldIgnoreADuplicateCompletionWhenItReachesATurn() {
    Scene scene = oneCall().past(started("x"), called("a", "x"));

    assertThat(scene.turn(result(1, "r"), result(1, "again"), failure(1, "late")))
        .isEqualTo(completes("r!"));
  }

  @Test
  void c4a_shouldIgnoreADuplicateCompletionWhenItIsInHistory() {
    Scene scene =
        Scene.of((ctx, input) -> ctx.call(A, "1").await() + ctx.call(B, "2").await())
            .past(started("x"), called("a", "1"))
            .past(result(1, "r"), result(1, "again"), called("b", "2"));

    assertThat(scene.turn(result(4, "s"))).isEqualTo(completes("rs"));
  }

  @Test
  void c22a_shouldPassOnTheStepsFailureWhenNobodyCatchesIt() {
    assertThat(oneCall().past(started("x"), called("a", "x")).turn(failure(1, "no money")))
        .isEqualTo(fails(boom("no money")));
  }

  @Test
  void c22a_shouldGoOnWhenTheStepsFailureIsCaught() {
    List<String> seen = new ArrayList<>();
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(A, "1").await();
              } catch (StepFailedException e) {
                seen.add(e.getMessage());
                Failure.ApplicationFailure failure = (Failure.ApplicationFailure) e.failure();
                return ctx.call(B, failure.type()).await();
              }
            });
    scene.past(started("x"), called("a", "1"));

    assertThat(scene.turn(failure(1, "no money")))
        .isEqualTo(waits(on(3), called("b", "shop.Boom")));
    assertThat(seen).containsExactly("activity a did not succeed: shop.Boom: no money");
    scene.past(failure(1, "no money"), called("b", "shop.Boom"));
    assertThat(scene.turn(result(3, "ok"))).isEqualTo(completes("ok"));
  }

  @Test
  void c22a_shouldThrowAgainWhenAFailedStepIsAwaitedAgain() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> step = ctx.call(A, "1");
              int failures = 0;
              for (int i = 0; i < 2; i++) {
                try {
                  step.await();
                } catch (StepFailedException e) {
                  failures++;
                }
              }
              return "failures=" + failures;
            });

    assertThat(scene.past(started("x"), called("a", "1")).turn(failure(1, "boom")))
        .isEqualTo(completes("failures=2"));
  }

  @Test
  void r27_shouldGiveAnotherObjectWhenAResultIsAwaitedAgain() {
    Activity<String, List<String>> split =
        Activity.named("split", TypeRef.of(String.class), new TypeRef<List<String>>() {});
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<List<String>> step = ctx.call(split, "1");
              step.await().clear();
              return String.join("+", step.await());
            });

    assertThat(scene.past(started("x"), called("split", "1")).turn(result(1, "r,s")))
        .isEqualTo(completes("r+s"));
  }

  @Test
  void c3a_shouldSeeAtEachLineWhatItSawThereFirst() {
    List<Boolean> seen = new ArrayList<>();
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> a = ctx.call(A, "1");
              DurableFuture<String> b = ctx.call(B, "2");
              seen.add(b.isDone());
              String first = a.await();
              seen.add(b.isDone());
              return first + b.await() + b.isDone();
            });
    scene.past(started("x"), called("a", "1"), called("b", "2")).past(result(1, "a"));

    assertThat(scene.turn(result(2, "b"))).isEqualTo(completes("abtrue"));
    assertThat(seen).containsExactly(false, false);
  }
}
