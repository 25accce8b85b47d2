package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.CHILD;
import static io.millrace.engine.replaying.Scene.GO;
import static io.millrace.engine.replaying.Scene.K;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.cancel;
import static io.millrace.engine.replaying.Scene.cancels;
import static io.millrace.engine.replaying.Scene.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.OrchestrationCancelledException;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that was told to stop may compensate, up to a limit on everything it can ask for (C16). */
class CompensationLimitTest {

  private static final int ALLOWED = 2;
  private static final TurnLimits LIMITS = new TurnLimits(100, ALLOWED, 256);
  private static final Map<String, Consumer<OrchestrationContext>> ASKS = asks();

  private static Map<String, Consumer<OrchestrationContext>> asks() {
    Map<String, Consumer<OrchestrationContext>> asks = new LinkedHashMap<>();
    asks.put("call", ctx -> ctx.call(A, "undo"));
    asks.put("timer", ctx -> ctx.sleep(Duration.ofSeconds(1)));
    asks.put("wait", ctx -> ctx.waitFor(GO));
    asks.put("child", ctx -> ctx.callChild(CHILD, "undo"));
    asks.put("status", ctx -> ctx.setStatus(String.class, "undoing"));
    asks.put("put", ctx -> ctx.put(K, "v"));
    asks.put("remove", ctx -> ctx.remove(K));
    return asks;
  }

  static Stream<String> names() {
    return ASKS.keySet().stream();
  }

  private static Scene asking(String name, int times) {
    return Scene.of(
        LIMITS,
        (ctx, input) -> {
          try {
            return ctx.call(A, "1").await();
          } catch (OrchestrationCancelledException stop) {
            for (int i = 0; i < times; i++) {
              ASKS.get(name).accept(ctx);
            }
            throw stop;
          }
        });
  }

  private static TurnOutcome stopped(String name, int times) {
    return asking(name, times).past(started("x"), called("a", "1")).turn(cancel("enough"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void c16f_shouldFailWhenItAsksForMoreThanTheLimit(String name) {
    TurnOutcome outcome = stopped(name, ALLOWED + 1);

    assertThat(outcome).isInstanceOf(TurnOutcome.Failed.class);
    Failure failure = ((TurnOutcome.Failed) outcome).failure();
    assertThat(failure).isInstanceOf(Failure.LimitExceeded.class);
    assertThat(((Failure.LimitExceeded) failure).limit()).isEqualTo("compensationActionsMax");
    assertThat(failure.message())
        .contains("compensationActionsMax=" + ALLOWED, "CompensationLimitTest.java");
  }

  @ParameterizedTest
  @MethodSource("names")
  void c16f_shouldAllowAsMuchAsTheLimit(String name) {
    assertThat(stopped(name, ALLOWED)).isInstanceOf(TurnOutcome.Cancelled.class);
  }

  @Test
  void c16f_shouldNotCountWhatWasAskedForBefore() {
    Scene scene =
        Scene.of(
            LIMITS,
            (ctx, input) -> {
              ctx.call(A, "1");
              ctx.call(A, "2");
              ctx.call(A, "3");
              return ctx.call(A, "4").await();
            });
    assertThat(scene.turn(started("x"), cancel("enough")))
        .isEqualTo(
            cancels(
                "enough", called("a", "1"), called("a", "2"), called("a", "3"), called("a", "4")));
  }

  @Test
  void c20n_shouldFitAHistoryThatFailedByTheLimit() {
    HistoryEvent failed = new HistoryEvent.ExecutionFailed();
    Scene scene =
        asking("call", ALLOWED + 1)
            .past(started("x"), called("a", "1"))
            .past(cancel("enough"), called("a", "undo"), called("a", "undo"), failed);
    assertThat(scene.examine(true).cause()).isNull();
  }

  @Test
  void c20n_shouldNotFitAHistoryThatWentOnWhereTheLimitWasReached() {
    Scene scene =
        asking("call", ALLOWED + 1)
            .past(started("x"), called("a", "1"))
            .past(cancel("enough"), called("a", "undo"), called("a", "undo"), Scene.awaited("go"));
    assertThat(scene.examine(true).cause()).isInstanceOf(QuarantineCause.Nondeterministic.class);
  }
}
