package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.ReplayCase.given;
import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.C;
import static io.millrace.engine.replaying.Scene.GO;
import static io.millrace.engine.replaying.Scene.STOP;
import static io.millrace.engine.replaying.Scene.any;
import static io.millrace.engine.replaying.Scene.awaited;
import static io.millrace.engine.replaying.Scene.boom;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.event;
import static io.millrace.engine.replaying.Scene.fails;
import static io.millrace.engine.replaying.Scene.failure;
import static io.millrace.engine.replaying.Scene.fired;
import static io.millrace.engine.replaying.Scene.gaveUp;
import static io.millrace.engine.replaying.Scene.limit;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.raised;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.text;
import static io.millrace.engine.replaying.Scene.timeOf;
import static io.millrace.engine.replaying.Scene.timer;
import static io.millrace.engine.replaying.Scene.waits;

import io.millrace.engine.CallOptions;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.RetryPolicy;
import io.millrace.engine.StepFailedException;
import io.millrace.storage.orchestration.CallPolicy;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Single steps: calls, timers, waits; fresh, answered, answered in part, twice, or not at all. */
final class StepTables {

  private static final OrchestrationFunction<String, String> ECHO = (ctx, input) -> input;
  private static final OrchestrationFunction<String, String> ONE =
      (ctx, input) -> ctx.call(A, input).await();
  private static final OrchestrationFunction<String, String> TWICE =
      (ctx, input) -> ctx.call(A, "x").await() + ctx.call(A, "x").await();
  private static final OrchestrationFunction<String, String> THREE =
      (ctx, input) -> ctx.call(B, ctx.call(A, input).await()).await() + ctx.call(C, "z").await();
  private static final OrchestrationFunction<String, String> BOTH =
      (ctx, input) -> {
        DurableFuture<String> a = ctx.call(A, "1");
        DurableFuture<String> b = ctx.call(B, "2");
        return a.await() + b.await();
      };
  private static final OrchestrationFunction<String, String> CATCHES =
      (ctx, input) -> {
        try {
          return ctx.call(A, input).await();
        } catch (StepFailedException e) {
          return ctx.call(B, e.failure().message()).await();
        }
      };
  private static final OrchestrationFunction<String, String> SLEEPS =
      (ctx, input) -> {
        ctx.sleep(Duration.ofSeconds(5)).await();
        return "woke";
      };
  private static final OrchestrationFunction<String, String> SLEEPS_TWICE =
      (ctx, input) -> {
        ctx.sleep(Duration.ofSeconds(5)).await();
        ctx.sleep(Duration.ofSeconds(5)).await();
        return "woke";
      };
  private static final OrchestrationFunction<String, String> WAITS =
      (ctx, input) -> ctx.waitFor(GO).await();
  private static final OrchestrationFunction<String, String> WAITS_TWICE =
      (ctx, input) -> {
        DurableFuture<String> first = ctx.waitFor(GO);
        DurableFuture<String> second = ctx.waitFor(GO);
        return second.await() + first.await();
      };
  private static final OrchestrationFunction<String, String> TIMED =
      (ctx, input) -> {
        try {
          return ctx.waitFor(GO, Duration.ofSeconds(5)).await();
        } catch (StepFailedException e) {
          return e.failure().message();
        }
      };
  private static final OrchestrationFunction<String, String> POLLS =
      (ctx, input) -> {
        DurableFuture<String> call = ctx.call(A, "1");
        DurableFuture<String> other = ctx.call(B, "2");
        String seen = call.isDone() + " " + other.isDone();
        other.await();
        return seen + " " + call.isDone();
      };

  private StepTables() {}

  static final Supplier<List<ReplayCase>> FRESH =
      () -> {
        return List.of(
            given("the code returns at once", ECHO).on(started("x")).gives(completes("x")),
            given("it returns nothing", (ctx, input) -> null)
                .on(started("x"))
                .gives(completes(null)),
            given("it is given nothing", ECHO).on(started(null)).gives(completes(null)),
            given("it asks for one call", ONE)
                .on(started("x"))
                .gives(waits(on(1), called("a", "x"))),
            given("it is started with nothing and calls", ONE)
                .on(started(null))
                .gives(waits(on(1), called("a", null))),
            given("it asks for two calls and awaits the first", BOTH)
                .on(started("x"))
                .gives(waits(on(1), called("a", "1"), called("b", "2"))),
            given(
                    "it returns with a call open",
                    (ctx, input) -> {
                      ctx.call(A, "1");
                      return "open";
                    })
                .on(started("x"))
                .gives(completes("open", called("a", "1"))),
            given("it sets a timer", SLEEPS).on(started("x")).gives(waits(on(1), timer(timeOf(6)))),
            given("it waits for an event", WAITS)
                .on(started("x"))
                .gives(waits(event("go", 1), awaited("go"))),
            given("the event came with the start", WAITS)
                .on(started("x"), raised("go", "early"))
                .gives(completes("early", awaited("go"))),
            given("another event came with the start", WAITS)
                .on(started("x"), raised("stop", "early"))
                .gives(waits(event("go", 1), awaited("go"))),
            given(
                    "a call has options",
                    (ctx, input) ->
                        ctx.call(
                                A,
                                "1",
                                CallOptions.DEFAULTS
                                    .withRetry(
                                        RetryPolicy.attempts(3)
                                            .withFirstDelay(Duration.ofNanos(1_500_000))
                                            .neverOn(IllegalStateException.class))
                                    .withHeartbeat(Duration.ofSeconds(9)))
                            .await())
                .on(started("x"))
                .gives(
                    waits(
                        on(1),
                        new HistoryEvent.ActivityScheduled(
                            "a",
                            "",
                            text("1"),
                            new CallPolicy(
                                3,
                                2,
                                2,
                                60_000,
                                List.of(),
                                List.of("java.lang.IllegalStateException"),
                                true,
                                0,
                                0,
                                9_000)))),
            given(
                    "a call has a time limit and no retry",
                    (ctx, input) ->
                        ctx.call(
                                A,
                                "1",
                                CallOptions.DEFAULTS.withStartToClose(Duration.ofSeconds(2)))
                            .await())
                .on(started("x"))
                .gives(
                    waits(
                        on(1),
                        new HistoryEvent.ActivityScheduled(
                            "a",
                            "",
                            text("1"),
                            new CallPolicy(1, 0, 1, 0, List.of(), List.of(), false, 2_000, 0, 0)))),
            given("a call names a pool", (ctx, input) -> ctx.call(A.withTag("slow"), "1").await())
                .on(started("x"))
                .gives(waits(on(1), new HistoryEvent.ActivityScheduled("a", "slow", text("1")))));
      };

  static final Supplier<List<ReplayCase>> CALLS =
      () -> {
        return List.of(
            given("the result came", ONE)
                .past(started("x"), called("a", "x"))
                .on(result(1, "r"))
                .gives(completes("r")),
            given("the result is nothing", ONE)
                .past(started("x"), called("a", "x"))
                .on(result(1, null))
                .gives(completes(null)),
            given("nothing came", ONE)
                .past(started("x"), called("a", "x"))
                .on()
                .gives(waits(on(1))),
            given("an event came that nobody asked for", ONE)
                .past(started("x"), called("a", "x"))
                .on(raised("go", "1"))
                .gives(waits(on(1))),
            given("the call failed", ONE)
                .past(started("x"), called("a", "x"))
                .on(failure(1, "no"))
                .gives(fails(boom("no"))),
            given("the result came twice", ONE)
                .past(started("x"), called("a", "x"))
                .on(result(1, "r"), result(1, "s"))
                .gives(completes("r")),
            given("the failure came after the result", ONE)
                .past(started("x"), called("a", "x"))
                .on(result(1, "r"), failure(1, "no"))
                .gives(completes("r")),
            given("the result came after the failure", ONE)
                .past(started("x"), called("a", "x"))
                .on(failure(1, "no"), result(1, "r"))
                .gives(fails(boom("no"))),
            given("the second of two identical calls is asked for", TWICE)
                .past(started("i"), called("a", "x"))
                .on(result(1, "1"))
                .gives(waits(on(3), called("a", "x"))),
            given("both identical calls are answered", TWICE)
                .past(started("i"), called("a", "x"))
                .past(result(1, "1"), called("a", "x"))
                .on(result(3, "2"))
                .gives(completes("12")),
            given("the first identical call is answered again", TWICE)
                .past(started("i"), called("a", "x"))
                .past(result(1, "1"), called("a", "x"))
                .on(result(1, "again"))
                .gives(waits(on(3))),
            given("the second identical call failed", TWICE)
                .past(started("i"), called("a", "x"))
                .past(result(1, "1"), called("a", "x"))
                .on(failure(3, "no"))
                .gives(fails(boom("no"))),
            given("a result is passed on", THREE)
                .past(started("i"), called("a", "i"))
                .on(result(1, "r"))
                .gives(waits(on(3), called("b", "r"))),
            given("the last of three is asked for", THREE)
                .past(started("i"), called("a", "i"))
                .past(result(1, "r"), called("b", "r"))
                .on(result(3, "s"))
                .gives(waits(on(5), called("c", "z"))),
            given("three in a row are done", THREE)
                .past(started("i"), called("a", "i"))
                .past(result(1, "r"), called("b", "r"))
                .past(result(3, "s"), called("c", "z"))
                .on(result(5, "t"))
                .gives(completes("st")),
            given("only the second of two came", BOTH)
                .past(started("i"), called("a", "1"), called("b", "2"))
                .on(result(2, "b"))
                .gives(waits(on(1))),
            given("only the first of two came", BOTH)
                .past(started("i"), called("a", "1"), called("b", "2"))
                .on(result(1, "a"))
                .gives(waits(on(2))),
            given("both came, the second first", BOTH)
                .past(started("i"), called("a", "1"), called("b", "2"))
                .on(result(2, "b"), result(1, "a"))
                .gives(completes("ab")),
            given("the first failed while the second is open", BOTH)
                .past(started("i"), called("a", "1"), called("b", "2"))
                .on(failure(1, "no"))
                .gives(fails(boom("no"))),
            given("the second failed while the first is open", BOTH)
                .past(started("i"), called("a", "1"), called("b", "2"))
                .on(failure(2, "no"))
                .gives(waits(on(1))),
            given("a failure is caught", CATCHES)
                .past(started("i"), called("a", "i"))
                .on(failure(1, "no"))
                .gives(waits(on(3), called("b", "no"))),
            given("a caught failure is passed again", CATCHES)
                .past(started("i"), called("a", "i"))
                .past(failure(1, "no"), called("b", "no"))
                .on(result(3, "saved"))
                .gives(completes("saved")),
            given("what follows a caught failure fails too", CATCHES)
                .past(started("i"), called("a", "i"))
                .past(failure(1, "no"), called("b", "no"))
                .on(failure(3, "no more"))
                .gives(fails(boom("no more"))),
            given("a time limit of the call passed", CATCHES)
                .past(started("i"), called("a", "i"))
                .on(new HistoryEvent.ActivityFailed(1, new Failure.TimedOut("2 s")))
                .gives(waits(on(3), called("b", "2 s"))),
            given("nobody catches the time limit", ONE)
                .past(started("x"), called("a", "x"))
                .on(new HistoryEvent.ActivityFailed(1, new Failure.TimedOut("2 s")))
                .gives(fails(new Failure.TimedOut("2 s"))),
            given("what is done is looked at, nothing is", POLLS)
                .past(started("i"), called("a", "1"), called("b", "2"))
                .on(result(2, "b"))
                .gives(completes("false false false")),
            given("what is done is looked at, both are", POLLS)
                .past(started("i"), called("a", "1"), called("b", "2"))
                .on(result(1, "a"), result(2, "b"))
                .gives(completes("false false true")),
            given("what came a turn earlier is done", POLLS)
                .past(started("i"), called("a", "1"), called("b", "2"))
                .past(result(1, "a"))
                .on(result(2, "b"))
                .gives(completes("false false true")));
      };

  static final Supplier<List<ReplayCase>> TIMERS =
      () -> {
        return List.of(
            given("the timer fired", SLEEPS)
                .past(started("x"), timer(timeOf(6)))
                .on(fired(1))
                .gives(completes("woke")),
            given("it fired twice", SLEEPS)
                .past(started("x"), timer(timeOf(6)))
                .on(fired(1), fired(1))
                .gives(completes("woke")),
            given("its deadline in history is another", SLEEPS)
                .past(started("x"), timer(5))
                .on(fired(1))
                .gives(completes("woke")),
            given("it has not fired", SLEEPS)
                .past(started("x"), timer(timeOf(6)))
                .on(raised("go", "1"))
                .gives(waits(on(1))),
            given("the second timer counts from the second turn", SLEEPS_TWICE)
                .past(started("x"), timer(timeOf(6)))
                .on(fired(1))
                .gives(waits(on(3), timer(timeOf(7)))),
            given("the first fires again while the second runs", SLEEPS_TWICE)
                .past(started("x"), timer(timeOf(6)))
                .past(fired(1), timer(timeOf(7)))
                .on(fired(1))
                .gives(waits(on(3))),
            given("both fired", SLEEPS_TWICE)
                .past(started("x"), timer(timeOf(6)))
                .past(fired(1), timer(timeOf(7)))
                .on(fired(3))
                .gives(completes("woke")),
            given(
                    "a timer until a time",
                    (ctx, input) -> {
                      ctx.sleepUntil(Instant.ofEpochMilli(42)).await();
                      return "woke";
                    })
                .on(started("x"))
                .gives(waits(on(1), timer(42))),
            given(
                    "a timer of nothing",
                    (ctx, input) -> {
                      ctx.sleep(Duration.ZERO).await();
                      return "woke";
                    })
                .on(started("x"))
                .gives(waits(on(1), timer(timeOf(1)))),
            given(
                    "a part of a millisecond counts as a whole one",
                    (ctx, input) -> {
                      ctx.sleep(Duration.ofNanos(1)).await();
                      return "woke";
                    })
                .on(started("x"))
                .gives(waits(on(1), timer(timeOf(1) + 1))),
            given(
                    "a timer for ever",
                    (ctx, input) -> {
                      ctx.sleep(Duration.ofSeconds(Long.MAX_VALUE)).await();
                      return "woke";
                    })
                .on(started("x"))
                .gives(waits(on(1), timer(Long.MAX_VALUE))),
            given(
                    "a timer that is dropped",
                    (ctx, input) -> {
                      DurableFuture<Void> timer = ctx.sleep(Duration.ofSeconds(5));
                      timer.cancel();
                      return ctx.call(A, "1").await();
                    })
                .on(started("x"))
                .gives(waits(on(3), timer(timeOf(6)), gaveUp(1), called("a", "1"))));
      };

  static final Supplier<List<ReplayCase>> EVENTS =
      () -> {
        return List.of(
            given("the event came", WAITS)
                .past(started("x"), awaited("go"))
                .on(raised("go", "1"))
                .gives(completes("1")),
            given("the first of two goes to the wait", WAITS)
                .past(started("x"), awaited("go"))
                .on(raised("go", "1"), raised("go", "2"))
                .gives(completes("1")),
            given("it came with nothing", WAITS)
                .past(started("x"), awaited("go"))
                .on(raised("go", null))
                .gives(completes(null)),
            given("an event of another name came", WAITS)
                .past(started("x"), awaited("go"))
                .on(raised("stop", "1"))
                .gives(waits(event("go", 1))),
            given("two waits, one event", WAITS_TWICE)
                .past(started("x"), awaited("go"), awaited("go"))
                .on(raised("go", "1"))
                .gives(waits(event("go", 1))),
            given("two waits take two events in order", WAITS_TWICE)
                .past(started("x"), awaited("go"), awaited("go"))
                .on(raised("go", "1"), raised("go", "2"))
                .gives(completes("21")),
            given("two waits over two turns", WAITS_TWICE)
                .past(started("x"), awaited("go"), awaited("go"))
                .past(raised("go", "1"))
                .on(raised("go", "2"))
                .gives(completes("21")),
            given("two waits wait for two", WAITS_TWICE)
                .on(started("x"))
                .gives(waits(event("go", 2), awaited("go"), awaited("go"))),
            given(
                    "an event kept from an earlier turn",
                    (ctx, input) -> ctx.call(A, "1").await() + ctx.waitFor(GO).await())
                .past(started("x"), called("a", "1"))
                .past(raised("go", "1"))
                .on(result(1, "r"))
                .gives(completes("r1", awaited("go"))),
            given(
                    "events kept in order",
                    (ctx, input) ->
                        ctx.call(A, "1").await()
                            + ctx.waitFor(GO).await()
                            + ctx.waitFor(GO).await())
                .past(started("x"), called("a", "1"))
                .past(raised("go", "1"), raised("stop", "9"))
                .on(raised("go", "2"), result(1, "r"))
                .gives(completes("r12", awaited("go"), awaited("go"))),
            given(
                    "two names do not mix",
                    (ctx, input) -> ctx.waitFor(STOP).await() + ctx.waitFor(GO).await())
                .past(started("x"), awaited("stop"))
                .on(raised("go", "g"), raised("stop", "s"))
                .gives(completes("sg", awaited("go"))),
            given("a wait with a limit", TIMED)
                .on(started("x"))
                .gives(waits(any(event("go", 1), limit(2)), awaited("go"), timer(timeOf(6)))),
            given("the event beats the limit and drops its timer", TIMED)
                .past(started("x"), awaited("go"), timer(timeOf(6)))
                .on(raised("go", "1"))
                .gives(completes("1", gaveUp(2))),
            given("the limit passes and the wait gives up its place", TIMED)
                .past(started("x"), awaited("go"), timer(timeOf(6)))
                .on(fired(2))
                .gives(completes("no event within PT5S", gaveUp(1))),
            given("the event comes just before the limit", TIMED)
                .past(started("x"), awaited("go"), timer(timeOf(6)))
                .on(raised("go", "1"), fired(2))
                .gives(completes("1")),
            given("the event comes just after the limit", TIMED)
                .past(started("x"), awaited("go"), timer(timeOf(6)))
                .on(fired(2), raised("go", "1"))
                .gives(completes("no event within PT5S", gaveUp(1))),
            given("an early event needs no timer", TIMED)
                .on(started("x"), raised("go", "1"))
                .gives(completes("1", awaited("go"))),
            given(
                    "a wait that is given up takes no event",
                    (ctx, input) -> {
                      DurableFuture<String> first = ctx.waitFor(GO);
                      DurableFuture<String> second = ctx.waitFor(GO);
                      first.cancel();
                      return second.await();
                    })
                .past(started("x"), awaited("go"), awaited("go"), gaveUp(1))
                .on(raised("go", "1"))
                .gives(completes("1")),
            given(
                    "a wait with a limit that is given up drops its timer",
                    (ctx, input) -> {
                      ctx.waitFor(GO, Duration.ofSeconds(5)).cancel();
                      return "gave up";
                    })
                .on(started("x"))
                .gives(
                    completes("gave up", awaited("go"), timer(timeOf(6)), gaveUp(1), gaveUp(2))));
      };
}
