package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.T0;
import static io.millrace.engine.replaying.Scene.any;
import static io.millrace.engine.replaying.Scene.awaited;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.event;
import static io.millrace.engine.replaying.Scene.fails;
import static io.millrace.engine.replaying.Scene.fired;
import static io.millrace.engine.replaying.Scene.gaveUp;
import static io.millrace.engine.replaying.Scene.limit;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.raised;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.timer;
import static io.millrace.engine.replaying.Scene.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.DurableFuture;
import io.millrace.engine.Event;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.StepFailedException;
import io.millrace.storage.orchestration.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Timers, events, and both together. */
class TimerEventReplayTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long IN_A_MINUTE = Scene.timeOf(1) + 60_000;
  private static final Failure TIMED_OUT = new Failure.TimedOut("no event within PT1M");

  private static final OrchestrationFunction<String, String> WAIT_A_MINUTE =
      (ctx, input) -> ctx.waitFor(Event.named("go", String.class), MINUTE).await();

  private static Scene sleeping(Duration duration) {
    return Scene.of(
        (ctx, input) -> {
          ctx.sleep(duration).await();
          return "woke";
        });
  }

  // -- timers

  @Test
  void c11a_shouldSetAnAbsoluteDeadlineWhenSleeping() {
    assertThat(sleeping(MINUTE).turn(started("x"))).isEqualTo(waits(on(1), timer(IN_A_MINUTE)));
  }

  @Test
  void c11a_shouldGoOnWhenTheTimerFired() {
    assertThat(sleeping(MINUTE).past(started("x"), timer(IN_A_MINUTE)).turn(fired(1)))
        .isEqualTo(completes("woke"));
  }

  @Test
  void c11a_shouldRoundUpWhenADeadlineHasAPartOfAMillisecond() {
    assertThat(sleeping(Duration.ofNanos(1)).turn(started("x")))
        .isEqualTo(waits(on(1), timer(T0 + 1_001)));
    Scene until =
        Scene.of(
            (ctx, input) -> {
              ctx.sleepUntil(Instant.ofEpochMilli(T0).plusNanos(1)).await();
              return "woke";
            });
    assertThat(until.turn(started("x"))).isEqualTo(waits(on(1), timer(T0 + 1)));
  }

  @Test
  void shouldStopAtTheEndOfTimeWhenADeadlineIsBeyondIt() {
    assertThat(sleeping(Duration.ofSeconds(Long.MAX_VALUE)).turn(started("x")))
        .isEqualTo(waits(on(1), timer(Long.MAX_VALUE)));
    Scene until =
        Scene.of(
            (ctx, input) -> {
              ctx.sleepUntil(Instant.MAX);
              ctx.sleepUntil(Instant.MIN).await();
              return "woke";
            });
    assertThat(until.turn(started("x")))
        .isEqualTo(waits(on(2), timer(Long.MAX_VALUE), timer(Long.MIN_VALUE)));
  }

  @Test
  void shouldRefuseANegativeDuration() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              assertThatThrownBy(() -> ctx.sleep(Duration.ofMillis(-1)))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("duration=PT-0.001S");
              assertThatThrownBy(
                      () -> ctx.waitFor(Event.named("e", String.class), Duration.ofMillis(-1)))
                  .isInstanceOf(IllegalArgumentException.class);
              return "refused";
            });

    assertThat(scene.turn(started("x"))).isEqualTo(completes("refused"));
  }

  @Test
  void c20b_shouldNotCompareDeadlinesWhenReplaying() {
    assertThat(sleeping(MINUTE).past(started("x"), timer(T0)).turn(fired(1)))
        .isEqualTo(completes("woke"));
  }

  @Test
  void shouldRaceACallAgainstATimer() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> call = ctx.call(A, "1");
              DurableFuture<Void> late = ctx.sleep(MINUTE);
              if (ctx.anyIndex(call, late).await() == 1) {
                call.cancel();
                return "late";
              }
              late.cancel();
              return call.await();
            });
    scene.past(started("x"), called("a", "1"), timer(IN_A_MINUTE));

    assertThat(scene.turn(fired(2))).isEqualTo(completes("late", gaveUp(1)));
    assertThat(scene.turn(result(1, "a"))).isEqualTo(completes("a", gaveUp(2)));
    assertThat(scene.turn(result(1, "a"), fired(2))).isEqualTo(completes("a"));
  }

  // -- events

  @Test
  void c12a_shouldWaitForTheEventsName() {
    Scene scene = Scene.of((ctx, input) -> ctx.waitFor(Event.named("go", String.class)).await());

    assertThat(scene.turn(started("x"))).isEqualTo(waits(event("go", 1), awaited("go")));
    scene.past(started("x"), awaited("go"));
    assertThat(scene.turn(raised("stop", "1"))).isEqualTo(waits(event("go", 1)));
    assertThat(scene.turn(raised("go", "2"))).isEqualTo(completes("2"));
  }

  @Test
  void c12a_shouldGiveTheOldestUnreadEventToTheOldestOpenWait() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> first = ctx.waitFor(Event.named("go", String.class));
              DurableFuture<String> second = ctx.waitFor(Event.named("go", String.class));
              String two = second.await();
              return first.await() + two;
            });

    assertThat(scene.turn(started("x")))
        .isEqualTo(waits(event("go", 2), awaited("go"), awaited("go")));
    scene.past(started("x"), awaited("go"), awaited("go"));
    assertThat(scene.turn(raised("go", "1"), raised("go", "2"))).isEqualTo(completes("12"));
    assertThat(scene.turn(raised("go", "1"))).isEqualTo(waits(event("go", 1)));
  }

  @Test
  void c12b_shouldKeepEarlyEventsInOrder() {
    Scene scene =
        Scene.of(
            (ctx, input) ->
                ctx.waitFor(Event.named("go", String.class)).await()
                    + ctx.waitFor(Event.named("go", String.class)).await()
                    + ctx.waitFor(Event.named("go", String.class)).await());

    assertThat(scene.turn(started("x"), raised("go", "1"), raised("go", "2")))
        .isEqualTo(waits(event("go", 1), awaited("go"), awaited("go"), awaited("go")));
    scene.past(
        started("x"),
        raised("go", "1"),
        raised("go", "2"),
        awaited("go"),
        awaited("go"),
        awaited("go"));
    assertThat(scene.turn(raised("go", "3"))).isEqualTo(completes("123"));
  }

  @Test
  void c12b_shouldKeepEventsOfEachNameApart() {
    Scene scene =
        Scene.of(
            (ctx, input) ->
                ctx.waitFor(Event.named("b", String.class)).await()
                    + ctx.waitFor(Event.named("a", String.class)).await());

    assertThat(scene.turn(started("x"), raised("a", "1"), raised("b", "2")))
        .isEqualTo(completes("21", awaited("b"), awaited("a")));
  }

  @Test
  void shouldRefuseAnEventsNameWhenItBreaksTheRule() {
    Scene scene =
        Scene.of((ctx, input) -> ctx.waitFor(Event.named("no spaces", String.class)).await());

    Failure.ApplicationFailure failure = (Failure.ApplicationFailure) scene.failing(started("x"));

    assertThat(failure.message()).contains("the name of an event", "name=\"no spaces\"");
  }

  // -- events with a time limit

  @Test
  void c12c_shouldSetATimerBesideAWaitWithALimit() {
    assertThat(Scene.of(WAIT_A_MINUTE).turn(started("x")))
        .isEqualTo(waits(any(event("go", 1), limit(2)), awaited("go"), timer(IN_A_MINUTE)));
  }

  @Test
  void c12c_shouldDropTheTimerWhenTheEventCame() {
    assertThat(
            Scene.of(WAIT_A_MINUTE)
                .past(started("x"), awaited("go"), timer(IN_A_MINUTE))
                .turn(raised("go", "1")))
        .isEqualTo(completes("1", gaveUp(2)));
  }

  @Test
  void c12c_shouldGiveUpThePlaceWhenTheTimerFired() {
    assertThat(
            Scene.of(WAIT_A_MINUTE)
                .past(started("x"), awaited("go"), timer(IN_A_MINUTE))
                .turn(fired(2)))
        .isEqualTo(fails(TIMED_OUT, gaveUp(1)));
  }

  @Test
  void c12c_shouldLetTheFirstInHistoryWinWhenBothCame() {
    Scene scene = Scene.of(WAIT_A_MINUTE).past(started("x"), awaited("go"), timer(IN_A_MINUTE));

    assertThat(scene.turn(raised("go", "1"), fired(2))).isEqualTo(completes("1"));
    assertThat(scene.turn(fired(2), raised("go", "1"))).isEqualTo(fails(TIMED_OUT, gaveUp(1)));
  }

  @Test
  void c12c_shouldSetNoTimerWhenTheEventIsThere() {
    assertThat(Scene.of(WAIT_A_MINUTE).turn(started("x"), raised("go", "1")))
        .isEqualTo(completes("1", awaited("go")));
  }

  @Test
  void c12d_shouldTakeNoEventWhenTheWaitTimedOut() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.waitFor(Event.named("go", String.class), MINUTE).await();
              } catch (StepFailedException e) {
                return "late " + ctx.waitFor(Event.named("go", String.class)).await();
              }
            });
    scene.past(started("x"), awaited("go"), timer(IN_A_MINUTE));

    // In one turn: the first wait is over when the event comes, so the second one gets it.
    assertThat(scene.turn(fired(2), raised("go", "1")))
        .isEqualTo(completes("late 1", gaveUp(1), awaited("go")));
    scene.past(fired(2), gaveUp(1), awaited("go"));
    assertThat(scene.turn(raised("go", "1"))).isEqualTo(completes("late 1"));
  }

  @Test
  void c12d_c15h_shouldTakeNoEventWhenTheWaitWasCancelled() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              DurableFuture<String> first = ctx.waitFor(Event.named("go", String.class), MINUTE);
              DurableFuture<String> second = ctx.waitFor(Event.named("go", String.class));
              first.cancel();
              return second.await();
            });

    assertThat(scene.turn(started("x")))
        .isEqualTo(
            waits(
                event("go", 1),
                awaited("go"),
                timer(IN_A_MINUTE),
                awaited("go"),
                gaveUp(1),
                gaveUp(2)));
    scene.past(
        started("x"), awaited("go"), timer(IN_A_MINUTE), awaited("go"), gaveUp(1), gaveUp(2));
    assertThat(scene.turn(raised("go", "1"))).isEqualTo(completes("1"));
  }

  @Test
  void r22_shouldNotCountOnAPlaceThatMayBeGivenUp() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.waitFor(Event.named("go", String.class), MINUTE);
              return ctx.waitFor(Event.named("go", String.class)).await();
            });

    // The first wait may time out unseen; then one event is enough for the second.
    assertThat(scene.turn(started("x")))
        .isEqualTo(waits(event("go", 1), awaited("go"), timer(IN_A_MINUTE), awaited("go")));
    scene.past(started("x"), awaited("go"), timer(IN_A_MINUTE), awaited("go"));
    assertThat(scene.turn(fired(2), raised("go", "1"))).isEqualTo(completes("1", gaveUp(1)));
    assertThat(scene.turn(raised("go", "1"))).isEqualTo(waits(event("go", 1), gaveUp(2)));
  }

  @Test
  void shouldDropTheTimerOfAWaitThatNobodyAwaits() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.waitFor(Event.named("go", String.class), MINUTE);
              return ctx.call(A, "1").await();
            });
    scene.past(started("x"), awaited("go"), timer(IN_A_MINUTE), called("a", "1"));

    assertThat(scene.turn(raised("go", "1"))).isEqualTo(waits(on(3), gaveUp(2)));
    scene.past(raised("go", "1"), gaveUp(2));
    assertThat(scene.turn(fired(2), result(3, "a"))).isEqualTo(completes("a"));
  }
}
