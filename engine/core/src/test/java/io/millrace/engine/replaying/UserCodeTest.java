package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.internal.Failures;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.engine.internal.replay.TurnMarker;
import io.millrace.storage.orchestration.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the user's code may do wrong, and what becomes of it. */
class UserCodeTest {

  private static Failure.ApplicationFailure thrownBy(OrchestrationFunction<String, String> code) {
    return (Failure.ApplicationFailure) Scene.of(code).failing(started("x"));
  }

  // -- throwing

  @Test
  void c22b_shouldRecordTypeMessageAndStackWhenTheCodeThrows() {
    Failure.ApplicationFailure failure =
        thrownBy(
            (ctx, input) -> {
              throw new IllegalStateException("boom", new IOException("deeper"));
            });

    assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failure.message()).isEqualTo("boom");
    assertThat(failure.stackTrace())
        .startsWith("java.lang.IllegalStateException: boom\n  at ")
        .contains("UserCodeTest.java", "caused by: java.io.IOException: deeper")
        .doesNotContain("io.millrace.engine.internal");
    assertThat(failure.details()).isNull();
  }

  @Test
  void c22b_shouldRecordCheckedExceptionsAndErrors() {
    assertThat(
            thrownBy(
                    (ctx, input) -> {
                      throw new IOException();
                    })
                .message())
        .isEmpty();
    assertThat(
            thrownBy(
                    (ctx, input) -> {
                      throw new AssertionError("not so");
                    })
                .type())
        .isEqualTo("java.lang.AssertionError");
  }

  @Test
  void c22b_shouldRecordAStackOverflow() {
    assertThat(thrownBy((ctx, input) -> recurse(1)).type())
        .isEqualTo("java.lang.StackOverflowError");
  }

  private static String recurse(int depth) {
    return depth < 0 ? "never" : recurse(depth + 1) + depth;
  }

  @Test
  void i9_shouldBoundWhatIsKeptOfAnException() {
    Failure.ApplicationFailure failure =
        thrownBy(
            (ctx, input) -> {
              throw new IllegalStateException("m".repeat(1_000_000));
            });

    assertThat(failure.message())
        .hasSize(Failures.MESSAGE_CHARS_MAX)
        .endsWith("(cut, chars=1000000)");
    assertThat(failure.stackTrace().length()).isLessThanOrEqualTo(Failures.STACK_CHARS_MAX);
  }

  @Test
  void shouldRecordAnExceptionThatThrowsItself() {
    Failure.ApplicationFailure failure =
        thrownBy(
            (ctx, input) -> {
              throw new IllegalStateException("boom") {
                @Override
                public String getMessage() {
                  throw new UnsupportedOperationException("no");
                }
              };
            });

    assertThat(failure.message()).contains("UnsupportedOperationException");
  }

  @Test
  void shouldPassOnAFailureOfTheMachine() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              throw new OutOfMemoryError("as if");
            });

    assertThatThrownBy(() -> scene.turn(started("x"))).isInstanceOf(OutOfMemoryError.class);
    assertThat(TurnMarker.inTurn()).isFalse();
  }

  @Test
  void c23a_shouldSetAsideWhenTheCodeCannotBeLinked() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              throw new NoClassDefFoundError("shop/Missing");
            });

    assertThat(scene.quarantined(started("x")).toFailure().message())
        .contains("scene@1", "cannot be linked", "shop/Missing");
  }

  // -- values

  @Test
  void shouldSetAsideWhenAnInputCannotBeWritten() {
    Activity<Thread, String> odd = Activity.named("odd", Thread.class, String.class);
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(odd, Thread.currentThread()).await();
              } catch (RuntimeException e) {
                return "swallowed";
              }
            });

    QuarantineCause cause = scene.quarantined(started("x"));

    assertThat(cause).isInstanceOf(QuarantineCause.UnusableCode.class);
    assertThat(cause.toFailure().message())
        .contains("the input of activity odd", "UserCodeTest.java:", "type=java.lang.Thread");
  }

  @Test
  void shouldSetAsideWhenTheResultCannotBeWritten() {
    Scene scene = Scene.of((ctx, input) -> TextCodec.UNWRITABLE);

    QuarantineCause cause = scene.quarantined(started("x"));

    assertThat(cause).isInstanceOf(QuarantineCause.UnusableCode.class);
    assertThat(cause.toFailure().message()).contains("cannot write the result of scene@1");
  }

  @Test
  void i9_shouldSetAsideWhenATurnAsksForTooMuch() {
    Scene scene =
        Scene.of(
            new TurnLimits(3, 10, 64),
            (ctx, input) -> {
              while (true) {
                ctx.call(A, "1");
              }
            });

    QuarantineCause cause = scene.quarantined(started("x"));

    assertThat(cause.toFailure()).isInstanceOf(Failure.LimitExceeded.class);
    assertThat(cause.toFailure().message()).contains("turnActionsMax=3", "UserCodeTest.java:");
  }

  @Test
  void i9_shouldAllowAsMuchAsTheLimit() {
    Scene scene =
        Scene.of(
            new TurnLimits(1, 10, 64),
            (ctx, input) -> ctx.call(A, "1").await() + ctx.call(B, "2").await());

    assertThat(scene.turn(started("x"))).isEqualTo(waits(on(1), called("a", "1")));
    scene.past(started("x"), called("a", "1"));
    assertThat(scene.turn(result(1, "r"))).isEqualTo(waits(on(3), called("b", "2")));
  }

  // -- catching what ends a turn

  @Test
  void shouldNotBeDisturbedWhenTheCodeCatchesException() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(A, "1").await();
              } catch (Exception e) {
                return "swallowed";
              }
            });

    assertThat(scene.turn(started("x"))).isEqualTo(waits(on(1), called("a", "1")));
    assertThat(scene.warnings).isEmpty();
  }

  @Test
  void shouldIgnoreAndReportWhatIsReturnedAfterSwallowingTheYield() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(A, "1").await();
              } catch (Throwable e) {
                return "swallowed";
              }
            });

    assertThat(scene.turn(started("x"))).isEqualTo(waits(on(1), called("a", "1")));
    assertThat(scene.turn(started("x"))).isEqualTo(waits(on(1), called("a", "1")));

    assertThat(scene.warnings).hasSize(1);
    assertThat(scene.warnings.get(0))
        .contains("scene@1 caught the error that ends a turn, and returned")
        .containsPattern("thrown at UserCodeTest\\.java:\\d+ \\(.*\\.UserCodeTest\\.should");
    assertThat(scene.past(started("x"), called("a", "1")).turn(result(1, "r")))
        .isEqualTo(completes("r"));
  }

  @Test
  void shouldIgnoreAndReportWhatIsThrownAfterSwallowingTheYield() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(A, "1").await();
              } catch (Throwable e) {
                throw new IllegalStateException("wrapped", e);
              }
            });

    assertThat(scene.turn(started("x"))).isEqualTo(waits(on(1), called("a", "1")));
    assertThat(scene.warnings.get(0)).contains("threw java.lang.IllegalStateException: wrapped");
  }

  @Test
  void shouldAskForNothingAfterTheYieldWasSwallowed() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              String text = "";
              for (int attempt = 1; attempt <= 3; attempt++) {
                try {
                  text += ctx.call(A, "1").await();
                } catch (Throwable e) {
                  text += "failed";
                }
              }
              return text;
            });

    assertThat(scene.turn(started("x"))).isEqualTo(waits(on(1), called("a", "1")));
  }

  @Test
  void shouldAskForNothingInAFinallyBlockWhileTheTurnYields() {
    List<Integer> reached = new ArrayList<>();
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(A, "1").await();
              } finally {
                ctx.call(B, "2");
                reached.add(1);
              }
            });

    assertThat(scene.turn(started("x"))).isEqualTo(waits(on(1), called("a", "1")));
    assertThat(reached).isEmpty();
    assertThat(scene.warnings).isEmpty();
  }

  @Test
  void shouldSetAsideAllTheSameWhenTheCodeSwallowsADivergence() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(B, "1").await();
              } catch (Throwable e) {
                return "swallowed";
              }
            });

    assertThat(scene.past(started("x"), called("a", "1")).diverging(result(1, "r")).event())
        .isEqualTo(1);
  }

  // -- the turn's thread

  @Test
  void shouldShowOnlyTheUsersFramesWhenAStepFailsOrIsStopped() {
    List<StackTraceElement> frames = new ArrayList<>();
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(A, "1").await();
              } catch (RuntimeException e) {
                frames.addAll(List.of(e.getStackTrace()));
                throw e;
              }
            });
    scene.past(started("x"), called("a", "1"));

    scene.turn(Scene.failure(1, "boom"));
    scene.turn(Scene.cancel("enough"));

    assertThat(frames).hasSize(2);
    assertThat(frames)
        .allSatisfy(
            frame -> assertThat(frame.getClassName()).isEqualTo(UserCodeTest.class.getName()));
  }

  @Test
  void shouldRefuseTheContextAfterItsTurn() {
    List<OrchestrationContext> leaked = new ArrayList<>();
    List<DurableFuture<String>> futures = new ArrayList<>();
    Scene.of(
            (ctx, input) -> {
              leaked.add(ctx);
              futures.add(ctx.call(A, "1"));
              return futures.get(0).await();
            })
        .turn(started("x"));

    assertThatThrownBy(() -> leaked.get(0).now())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("turnOver=true");
    assertThatThrownBy(() -> futures.get(0).await()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldRefuseTheContextToAnotherThread() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              List<Throwable> thrown = new ArrayList<>();
              Thread other = new Thread(() -> ctx.call(A, "1"));
              other.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
              other.start();
              other.join();
              return thrown.get(0).getClass().getSimpleName();
            });

    assertThat(scene.turn(started("x"))).isEqualTo(completes("IllegalStateException"));
  }

  @Test
  void r23_shouldMarkTheThreadWhileItIsInATurn() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              assertThatThrownBy(() -> TurnMarker.refuseInTurn("result(timeout)"))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("result(timeout) would block a turn")
                  .hasMessageContaining("id=scene-1");
              return String.valueOf(TurnMarker.inTurn());
            });

    assertThat(TurnMarker.inTurn()).isFalse();
    assertThat(scene.turn(started("x"))).isEqualTo(completes("true"));
    assertThat(TurnMarker.inTurn()).isFalse();
    TurnMarker.refuseInTurn("result(timeout)");
  }

  @Test
  void shouldRefuseAHandlesNameWhenItBreaksTheRule() {
    for (String name : new String[] {"", " ", "-a", "a b", "a\nb", "ä", "a".repeat(129)}) {
      assertThatThrownBy(() -> Activity.named(name, String.class, String.class))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the name of an activity");
    }
    assertThatThrownBy(
            () -> Orchestration.named("a", String.class, String.class).withVersion("1 beta"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the name of a version");
    assertThat(Activity.named("a".repeat(128), String.class, String.class).withTag("gpu/1:x_y-z."))
        .hasToString("a".repeat(128) + "#gpu/1:x_y-z.");
  }
}
