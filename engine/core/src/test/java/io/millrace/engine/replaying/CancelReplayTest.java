package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.C;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.cancel;
import static io.millrace.engine.replaying.Scene.cancels;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.OrchestrationCancelledException;
import io.millrace.storage.orchestration.Failure;
import org.junit.jupiter.api.Test;

/** A request to stop: when it arrives, what it beats, what the code may do then. */
class CancelReplayTest {

  private static Scene compensating() {
    return Scene.of(
        (ctx, input) -> {
          try {
            return ctx.call(A, "1").await();
          } finally {
            ctx.call(B, "undo").await();
          }
        });
  }

  private static Scene surviving() {
    return Scene.of(
        (ctx, input) -> {
          try {
            return ctx.call(A, "1").await();
          } catch (OrchestrationCancelledException e) {
            return e.reason() + ctx.call(B, "2").await() + ctx.call(C, "3").await();
          }
        });
  }

  @Test
  void c16a_shouldEndAsCancelledWhenTheRequestIsLetPass() {
    Scene scene = Scene.of((ctx, input) -> ctx.call(A, "1").await());

    assertThat(scene.past(started("x"), called("a", "1")).turn(cancel("enough")))
        .isEqualTo(cancels("enough"));
  }

  @Test
  void c16b_shouldBeatACompletionInTheSameTurn() {
    Scene scene = Scene.of((ctx, input) -> ctx.call(A, "1").await());
    scene.past(started("x"), called("a", "1"));

    assertThat(scene.turn(result(1, "a"), cancel("enough"))).isEqualTo(cancels("enough"));
    assertThat(scene.turn(cancel("enough"), result(1, "a"))).isEqualTo(cancels("enough"));
  }

  @Test
  void c16b_shouldBeatTheEndInTheSameTurn() {
    assertThat(Scene.of((ctx, input) -> "done").turn(started("x"), cancel("enough")))
        .isEqualTo(cancels("enough"));
  }

  @Test
  void c16b_shouldArriveAtTheFirstAwaitWhenItCameWithTheStart() {
    assertThat(surviving().turn(started("x"), cancel("enough ")))
        .isEqualTo(waits(on(3), called("a", "1"), called("b", "2")));
  }

  @Test
  void c16c_shouldLetCompensationRunBeforeItEnds() {
    Scene scene = compensating().past(started("x"), called("a", "1"));

    assertThat(scene.turn(cancel("enough"))).isEqualTo(waits(on(3), called("b", "undo")));
    scene.past(cancel("enough"), called("b", "undo"));
    assertThat(scene.turn(result(3, "undone"))).isEqualTo(cancels("enough"));
  }

  @Test
  void c16c_shouldNotCompensateWhenTheTurnOnlyYields() {
    assertThat(compensating().turn(started("x"))).isEqualTo(waits(on(1), called("a", "1")));
  }

  @Test
  void c16d_shouldArriveOnceWhenTheCodeGoesOn() {
    Scene scene = surviving().past(started("x"), called("a", "1"));

    assertThat(scene.turn(cancel("so "))).isEqualTo(waits(on(3), called("b", "2")));
    scene.past(cancel("so "), called("b", "2"));
    assertThat(scene.turn(result(3, "b"))).isEqualTo(waits(on(5), called("c", "3")));
    scene.past(result(3, "b"), called("c", "3"));
    assertThat(scene.turn(result(5, "c"))).isEqualTo(completes("so bc"));
  }

  @Test
  void c16d_shouldIgnoreASecondRequest() {
    Scene scene = surviving().past(started("x"), called("a", "1"));
    scene.past(cancel("so "), called("b", "2"));

    assertThat(scene.turn(cancel("again"))).isEqualTo(waits(on(3)));
    assertThat(scene.turn(cancel("again"), result(3, "b")))
        .isEqualTo(waits(on(6), called("c", "3")));
  }

  @Test
  void c16e_shouldStillGiveTheResultThatCameWithTheRequest() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              var call = ctx.call(A, "1");
              try {
                return call.await();
              } catch (OrchestrationCancelledException e) {
                return "undo " + call.await();
              }
            });

    assertThat(scene.past(started("x"), called("a", "1")).turn(cancel(""), result(1, "a")))
        .isEqualTo(completes("undo a"));
  }

  @Test
  void shouldFailWhenTheCodeThrowsSomethingElseAfterTheRequest() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(A, "1").await();
              } catch (OrchestrationCancelledException e) {
                throw new IllegalStateException("cannot undo", e);
              }
            });

    Failure.ApplicationFailure failure =
        (Failure.ApplicationFailure)
            scene.past(started("x"), called("a", "1")).failing(cancel("enough"));

    assertThat(failure.message()).isEqualTo("cannot undo");
    assertThat(failure.stackTrace())
        .contains("caused by: " + OrchestrationCancelledException.class.getName());
  }

  @Test
  void shouldFailWhenTheCodeThrowsTheCancellationThatNobodyAskedFor() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              throw new OrchestrationCancelledException("my own");
            });

    assertThat(scene.failing(started("x")).message()).isEqualTo("cancelled: my own");
  }
}
