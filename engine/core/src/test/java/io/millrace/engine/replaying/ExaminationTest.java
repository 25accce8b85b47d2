package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.cancel;
import static io.millrace.engine.replaying.Scene.failure;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.text;
import static io.millrace.engine.replaying.Scene.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.RecordedDifference;
import io.millrace.engine.internal.replay.Examination;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.storage.orchestration.HistoryEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Code run over a history alone, live or ended: does it fit, and what does it give otherwise? */
class ExaminationTest {

  private static final HistoryEvent COMPLETED = new HistoryEvent.ExecutionCompleted();
  private static final HistoryEvent FAILED = new HistoryEvent.ExecutionFailed();
  private static final HistoryEvent CANCELLED = new HistoryEvent.ExecutionCancelled();
  private static final HistoryEvent TERMINATED = new HistoryEvent.ExecutionTerminated();

  private static final OrchestrationFunction<String, String> CALLS =
      (ctx, input) -> ctx.call(A, input).await();

  private static Scene calls() {
    return Scene.of(CALLS).past(started("x"), called("a", "x"));
  }

  private static void fits(Scene scene) {
    Examination examination = scene.examine(true);
    assertThat(examination.cause()).isNull();
    assertThat(examination.differences()).isEmpty();
  }

  private static String misfit(Scene scene) {
    QuarantineCause cause = scene.examine(false).cause();
    assertThat(cause).isInstanceOf(QuarantineCause.Nondeterministic.class);
    return ((QuarantineCause.Nondeterministic) cause).report().found();
  }

  @Test
  void c20n_shouldFitALiveHistory() {
    fits(calls());
  }

  @Test
  void c20n_shouldFitHistoriesThatEndedAsTheCodeDoes() {
    fits(calls().past(result(1, "r"), COMPLETED));
    fits(calls().past(failure(1, "boom"), FAILED));
    fits(calls().past(cancel("enough"), CANCELLED));
    fits(
        Scene.of((ctx, input) -> ctx.continueAsNew(Scene.SCENE, "y"))
            .past(started("x"), new HistoryEvent.ExecutionContinued(text("y"), "1")));
  }

  @Test
  void c20n_shouldFitAHistoryThatWasEndedFromOutside() {
    fits(calls().past(TERMINATED));
  }

  @Test
  void c20n_shouldNotFitHistoriesThatEndedOtherwise() {
    assertThat(misfit(calls().past(result(1, "r"), FAILED))).isEqualTo("nothing more: it returned");
    assertThat(misfit(calls().past(failure(1, "boom"), COMPLETED)))
        .startsWith("nothing more: it threw ");
    assertThat(misfit(Scene.of(CALLS).past(started("x"), COMPLETED)))
        .isEqualTo("a call of activity \"a\"");
    assertThat(misfit(calls().past(result(1, "r"), called("b", "y"))))
        .isEqualTo("nothing more: it returned");
    assertThat(
            misfit(
                Scene.of((ctx, input) -> ctx.continueAsNew(Scene.SCENE.withVersion("2"), "y"))
                    .past(started("x"), new HistoryEvent.ExecutionContinued(text("y"), "1"))))
        .isEqualTo("to continue as new, as version 2");
  }

  @Test
  void c20h_shouldTellEveryInputAndDeadlineThatDiffersWhenComparing() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.sleep(Duration.ofSeconds(9));
              return ctx.call(A, "new").await();
            });
    scene.past(started("x"), timer(Scene.timeOf(1)), called("a", "old"));

    assertThat(scene.examine(true).differences())
        .containsExactly(
            new RecordedDifference(
                1,
                "the deadline of a timer",
                "a timer until 2023-11-14T22:13:21Z",
                "a timer until 2023-11-14T22:13:30Z"),
            new RecordedDifference(2, "the input of activity a", "old", "new"));
    assertThat(scene.examine(false).differences()).isEmpty();
    assertThat(scene.examine(true).cause()).isNull();
  }

  @Test
  void c20g_shouldLogADifferenceOnceAndLetHistoryWin() {
    Scene scene = Scene.of((ctx, input) -> ctx.call(A, "newer").await());
    scene.past(started("x"), called("a", "old"));

    assertThat(scene.turn(result(1, "r"))).isEqualTo(Scene.completes("r"));
    assertThat(scene.turn(result(1, "r"))).isEqualTo(Scene.completes("r"));

    assertThat(scene.warnings).hasSize(1);
    assertThat(scene.warnings.get(0))
        .contains(
            "the code of scene@1 gave something else at a replay than it did first",
            "event=1 what=the input of activity a recorded=4 bytes now=6 bytes");
  }
}
