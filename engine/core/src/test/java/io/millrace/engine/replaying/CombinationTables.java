package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.ReplayCase.given;
import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.C;
import static io.millrace.engine.replaying.Scene.GO;
import static io.millrace.engine.replaying.Scene.all;
import static io.millrace.engine.replaying.Scene.awaited;
import static io.millrace.engine.replaying.Scene.boom;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.fails;
import static io.millrace.engine.replaying.Scene.failure;
import static io.millrace.engine.replaying.Scene.fired;
import static io.millrace.engine.replaying.Scene.gaveUp;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.raised;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.settled;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.text;
import static io.millrace.engine.replaying.Scene.timeOf;
import static io.millrace.engine.replaying.Scene.timer;
import static io.millrace.engine.replaying.Scene.waits;

import io.millrace.engine.DurableFuture;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.Settled;
import io.millrace.engine.StepFailedException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Joins, any, races, and what is given up. */
final class CombinationTables {

  private static final OrchestrationFunction<String, String> ALL =
      (ctx, input) -> String.join("", ctx.all(List.of(ctx.call(A, "1"), ctx.call(B, "2"))).await());
  private static final OrchestrationFunction<String, String> SETTLED =
      (ctx, input) -> {
        List<Settled<String>> ends =
            ctx.allSettled(List.of(ctx.call(A, "1"), ctx.call(B, "2"))).await();
        StringBuilder text = new StringBuilder();
        for (Settled<String> end : ends) {
          text.append(
              end instanceof Settled.Succeeded<String> good
                  ? good.value()
                  : ((Settled.Unsuccessful<String>) end).failure().message());
        }
        return text.toString();
      };
  private static final OrchestrationFunction<String, String> ANY =
      (ctx, input) -> ctx.any(ctx.call(A, "1"), ctx.call(B, "2")).await();
  private static final OrchestrationFunction<String, String> ANY_INDEX =
      (ctx, input) -> "" + ctx.anyIndex(ctx.call(A, "1"), ctx.sleep(Duration.ofSeconds(5))).await();
  private static final OrchestrationFunction<String, String> RACE =
      (ctx, input) -> ctx.race(ctx.call(A, "1"), ctx.call(B, "2")).await();
  private static final OrchestrationFunction<String, String> RACE_THEN =
      (ctx, input) ->
          ctx.race(ctx.call(A, "1"), ctx.call(B, "2")).await() + ctx.call(C, "3").await();
  private static final OrchestrationFunction<String, String> RACE_INDEX =
      (ctx, input) ->
          ""
              + ctx.raceIndex(ctx.waitFor(GO), ctx.sleep(Duration.ofSeconds(5)), ctx.call(A, "1"))
                  .await();
  private static final OrchestrationFunction<String, String> LOSER =
      (ctx, input) -> {
        DurableFuture<String> a = ctx.call(A, "1");
        DurableFuture<String> b = ctx.call(B, "2");
        String won = ctx.race(a, b).await();
        try {
          return won + b.await();
        } catch (StepFailedException e) {
          return won + ", " + e.failure().message();
        }
      };
  private static final OrchestrationFunction<String, String> RACE_OF_JOINS =
      (ctx, input) -> {
        DurableFuture<List<String>> left = ctx.all(List.of(ctx.call(A, "1"), ctx.call(A, "2")));
        DurableFuture<List<String>> right = ctx.all(List.of(ctx.call(B, "3"), ctx.call(B, "4")));
        return String.join("", ctx.race(left, right).await());
      };
  private static final OrchestrationFunction<String, String> JOIN_OF_RACES =
      (ctx, input) ->
          String.join(
              "",
              ctx.all(
                      List.of(
                          ctx.race(ctx.call(A, "1"), ctx.call(B, "2")),
                          ctx.race(ctx.call(A, "3"), ctx.call(B, "4"))))
                  .await());

  private CombinationTables() {}

  static final Supplier<List<ReplayCase>> JOINS =
      () -> {
        return List.of(
            given("all wait for all", ALL)
                .on(started("x"))
                .gives(waits(all(on(1), on(2)), called("a", "1"), called("b", "2"))),
            given("all have one of two", ALL)
                .past(started("x"), called("a", "1"), called("b", "2"))
                .on(result(2, "b"))
                .gives(waits(all(on(1)))),
            given("all have both", ALL)
                .past(started("x"), called("a", "1"), called("b", "2"))
                .on(result(2, "b"), result(1, "a"))
                .gives(completes("ab")),
            given("all have the rest a turn later", ALL)
                .past(started("x"), called("a", "1"), called("b", "2"))
                .past(result(1, "a"))
                .on(result(2, "b"))
                .gives(completes("ab")),
            given("all fail as soon as one fails", ALL)
                .past(started("x"), called("a", "1"), called("b", "2"))
                .on(failure(2, "no"))
                .gives(fails(boom("no"))),
            given("all fail with the failure that is first in history", ALL)
                .past(started("x"), called("a", "1"), called("b", "2"))
                .on(failure(2, "second"), failure(1, "first"))
                .gives(fails(boom("second"))),
            given("all fail though the other came", ALL)
                .past(started("x"), called("a", "1"), called("b", "2"))
                .on(result(1, "a"), failure(2, "no"))
                .gives(fails(boom("no"))),
            given("all of nothing", (ctx, input) -> "" + ctx.all(List.of()).await().size())
                .on(started("x"))
                .gives(completes("0")),
            given("settled waits for both", SETTLED)
                .on(started("y"))
                .gives(waits(settled(on(1), on(2)), called("a", "1"), called("b", "2"))),
            given("settled waits though one failed", SETTLED)
                .past(started("y"), called("a", "1"), called("b", "2"))
                .on(failure(1, "no"))
                .gives(waits(settled(on(2)))),
            given("settled with a failure and a result", SETTLED)
                .past(started("y"), called("a", "1"), called("b", "2"))
                .on(failure(1, "no"), result(2, "b"))
                .gives(completes("nob")),
            given("settled with two failures", SETTLED)
                .past(started("y"), called("a", "1"), called("b", "2"))
                .past(failure(2, "two"))
                .on(failure(1, "one"))
                .gives(completes("onetwo")),
            given(
                    "a join of a join",
                    (ctx, input) ->
                        ""
                            + ctx.all(
                                    List.of(
                                        ctx.all(List.of(ctx.call(A, "1"), ctx.call(A, "2"))),
                                        ctx.all(List.of(ctx.call(B, "3")))))
                                .await())
                .on(started("x"))
                .gives(
                    waits(
                        all(all(on(1), on(2)), all(on(3))),
                        called("a", "1"),
                        called("a", "2"),
                        called("b", "3"))));
      };

  static final Supplier<List<ReplayCase>> FIRSTS =
      () -> {
        return List.of(
            given("any waits for one", ANY)
                .on(started("z"))
                .gives(waits(Scene.any(on(1), on(2)), called("a", "1"), called("b", "2"))),
            given("any has the first", ANY)
                .past(started("z"), called("a", "1"), called("b", "2"))
                .on(result(1, "a"))
                .gives(completes("a")),
            given("any has the second", ANY)
                .past(started("z"), called("a", "1"), called("b", "2"))
                .on(result(2, "b"))
                .gives(completes("b")),
            given("any takes the first in history", ANY)
                .past(started("z"), called("a", "1"), called("b", "2"))
                .on(result(2, "b"), result(1, "a"))
                .gives(completes("b")),
            given("any fails as the first in history", ANY)
                .past(started("z"), called("a", "1"), called("b", "2"))
                .on(failure(2, "no"), result(1, "a"))
                .gives(fails(boom("no"))),
            given("any wins before a failure", ANY)
                .past(started("z"), called("a", "1"), called("b", "2"))
                .on(result(1, "a"), failure(2, "no"))
                .gives(completes("a")),
            given("the index of a call", ANY_INDEX)
                .past(started("z"), called("a", "1"), timer(timeOf(6)))
                .on(result(1, "a"))
                .gives(completes("0")),
            given("the index of a timer", ANY_INDEX)
                .past(started("z"), called("a", "1"), timer(timeOf(6)))
                .on(fired(2))
                .gives(completes("1")),
            given("the index of a failure", ANY_INDEX)
                .past(started("z"), called("a", "1"), timer(timeOf(6)))
                .on(failure(1, "no"))
                .gives(completes("0")),
            given(
                    "any leaves the rest running",
                    (ctx, input) ->
                        ctx.any(ctx.call(A, "1"), ctx.call(B, "2")).await()
                            + ctx.call(C, "3").await())
                .past(started("z"), called("a", "1"), called("b", "2"))
                .on(result(1, "a"))
                .gives(waits(on(4), called("c", "3"))));
      };

  static final Supplier<List<ReplayCase>> RACES =
      () -> {
        return List.of(
            given("a race waits for one", RACE)
                .on(started("r"))
                .gives(waits(Scene.any(on(1), on(2)), called("a", "1"), called("b", "2"))),
            given("the first wins, the second is cancelled", RACE)
                .past(started("r"), called("a", "1"), called("b", "2"))
                .on(result(1, "a"))
                .gives(completes("a", gaveUp(2))),
            given("the second wins, the first is cancelled", RACE)
                .past(started("r"), called("a", "1"), called("b", "2"))
                .on(result(2, "b"))
                .gives(completes("b", gaveUp(1))),
            given("both came: nothing is left to cancel", RACE)
                .past(started("r"), called("a", "1"), called("b", "2"))
                .on(result(2, "b"), result(1, "a"))
                .gives(completes("b")),
            given("a failure wins a race", RACE)
                .past(started("r"), called("a", "1"), called("b", "2"))
                .on(failure(2, "no"))
                .gives(fails(boom("no"), gaveUp(1))),
            given("code goes on after the race", RACE_THEN)
                .past(started("r"), called("a", "1"), called("b", "2"))
                .on(result(1, "a"))
                .gives(waits(on(5), gaveUp(2), called("c", "3"))),
            given("a race is repeated from history", RACE_THEN)
                .past(started("r"), called("a", "1"), called("b", "2"))
                .past(result(1, "a"), gaveUp(2), called("c", "3"))
                .on(result(5, "c"))
                .gives(completes("ac")),
            given("the loser answers too late", RACE_THEN)
                .past(started("r"), called("a", "1"), called("b", "2"))
                .past(result(1, "a"), gaveUp(2), called("c", "3"))
                .on(result(2, "late"), result(5, "c"))
                .gives(completes("ac")),
            given("the loser answers and nothing else", RACE_THEN)
                .past(started("r"), called("a", "1"), called("b", "2"))
                .past(result(1, "a"), gaveUp(2), called("c", "3"))
                .on(result(2, "late"))
                .gives(waits(on(5))),
            given("the loser is awaited", LOSER)
                .past(started("l"), called("a", "1"), called("b", "2"))
                .on(result(1, "a"))
                .gives(completes("a, the orchestration gave it up", gaveUp(2))),
            given("the loser had come", LOSER)
                .past(started("l"), called("a", "1"), called("b", "2"))
                .on(result(1, "a"), result(2, "b"))
                .gives(completes("ab")),
            given("an event wins against a timer and a call", RACE_INDEX)
                .past(started("r"), awaited("go"), timer(timeOf(6)), called("a", "1"))
                .on(raised("go", "1"))
                .gives(completes("0", gaveUp(2), gaveUp(3))),
            given("a timer wins", RACE_INDEX)
                .past(started("r"), awaited("go"), timer(timeOf(6)), called("a", "1"))
                .on(fired(2))
                .gives(completes("1", gaveUp(1), gaveUp(3))),
            given("a call wins", RACE_INDEX)
                .past(started("r"), awaited("go"), timer(timeOf(6)), called("a", "1"))
                .on(result(3, "r"))
                .gives(completes("2", gaveUp(1), gaveUp(2))),
            given("a race is over as it begins", RACE_INDEX)
                .on(started("r"), raised("go", "1"))
                .gives(
                    completes(
                        "0",
                        awaited("go"),
                        timer(timeOf(6)),
                        called("a", "1"),
                        gaveUp(3),
                        gaveUp(4))),
            given("a join wins a race, the other join is cancelled", RACE_OF_JOINS)
                .past(
                    started("j"),
                    called("a", "1"),
                    called("a", "2"),
                    called("b", "3"),
                    called("b", "4"))
                .on(result(3, "3"), result(1, "1"), result(2, "2"))
                .gives(completes("12", gaveUp(4))),
            given("a join fails and loses nothing", RACE_OF_JOINS)
                .past(
                    started("j"),
                    called("a", "1"),
                    called("a", "2"),
                    called("b", "3"),
                    called("b", "4"))
                .on(failure(2, "no"))
                .gives(fails(boom("no"), gaveUp(3), gaveUp(4))),
            given("one race of two is over", JOIN_OF_RACES)
                .past(
                    started("j"),
                    called("a", "1"),
                    called("b", "2"),
                    called("a", "3"),
                    called("b", "4"))
                .on(result(2, "2"))
                .gives(waits(all(Scene.any(on(3), on(4))), gaveUp(1))),
            given("both races are over at once", JOIN_OF_RACES)
                .past(
                    started("j"),
                    called("a", "1"),
                    called("b", "2"),
                    called("a", "3"),
                    called("b", "4"))
                .on(result(2, "2"), result(3, "3"))
                .gives(completes("23", gaveUp(1), gaveUp(4))),
            given(
                    "a race that nobody awaits can end what is awaited, so it wakes",
                    (ctx, input) -> {
                      DurableFuture<String> a = ctx.call(A, "1");
                      DurableFuture<String> b = ctx.call(B, "2");
                      ctx.race(ctx.call(C, "3"), b);
                      return String.join("", ctx.all(List.of(a, b)).await());
                    })
                .on(started("x"))
                .gives(
                    waits(
                        Scene.any(all(on(1), on(2)), Scene.any(on(3), on(2))),
                        called("a", "1"),
                        called("b", "2"),
                        called("c", "3"))),
            given(
                    "giving up a part decides the race",
                    (ctx, input) -> {
                      DurableFuture<String> a = ctx.call(A, "1");
                      DurableFuture<String> race = ctx.race(a, ctx.call(B, "2"));
                      a.cancel();
                      return "" + race.isDone();
                    })
                .on(started("part"))
                .gives(
                    completes("true", called("a", "1"), called("b", "2"), gaveUp(1), gaveUp(2))));
      };

  static final Supplier<List<ReplayCase>> GIVING_UP =
      () -> {
        OrchestrationFunction<String, String> two =
            (ctx, input) -> {
              DurableFuture<String> a = ctx.call(A, "1");
              DurableFuture<String> b = ctx.call(B, "2");
              b.cancel();
              return a.await();
            };
        OrchestrationFunction<String, String> late =
            (ctx, input) -> {
              DurableFuture<String> b = ctx.call(B, "2");
              String first = ctx.call(A, "1").await();
              b.cancel();
              return first + b.isDone() + ctx.call(C, "3").await();
            };
        return List.of(
            given("a call is given up in the turn that asked for it", two)
                .on(started("g"))
                .gives(waits(on(1), called("a", "1"), called("b", "2"), gaveUp(2))),
            given("giving up is repeated", two)
                .past(started("g"), called("a", "1"), called("b", "2"), gaveUp(2))
                .on(result(1, "a"))
                .gives(completes("a")),
            given("what was given up answers", two)
                .past(started("g"), called("a", "1"), called("b", "2"), gaveUp(2))
                .on(result(2, "b"))
                .gives(waits(on(1))),
            given("what was given up fails", two)
                .past(started("g"), called("a", "1"), called("b", "2"), gaveUp(2))
                .on(failure(2, "b"), result(1, "a"))
                .gives(completes("a")),
            given("a call is given up a turn later", late)
                .past(started("g"), called("b", "2"), called("a", "1"))
                .on(result(2, "a"))
                .gives(waits(on(5), gaveUp(1), called("c", "3"))),
            given("what is done is not given up", late)
                .past(started("g"), called("b", "2"), called("a", "1"))
                .on(result(1, "b"), result(2, "a"))
                .gives(waits(on(5), called("c", "3"))),
            given(
                    "a join is given up, each part that is open",
                    (ctx, input) -> {
                      DurableFuture<List<String>> join =
                          ctx.all(List.of(ctx.call(A, "1"), ctx.call(B, "2")));
                      join.cancel();
                      return "" + join.isDone();
                    })
                .on(started("x"))
                .gives(completes("true", called("a", "1"), called("b", "2"), gaveUp(1), gaveUp(2))),
            given(
                    "giving up twice is giving up once",
                    (ctx, input) -> {
                      DurableFuture<String> call = ctx.call(A, "1");
                      call.cancel();
                      call.cancel();
                      return "done";
                    })
                .on(started("x"))
                .gives(completes("done", called("a", "1"), gaveUp(1))),
            given(
                    "what was given up is awaited",
                    (ctx, input) -> {
                      DurableFuture<String> call = ctx.call(A, "1");
                      call.cancel();
                      return call.await();
                    })
                .on(started("x"))
                .gives(
                    fails(
                        new io.millrace.storage.orchestration.Failure.Cancelled(
                            "the orchestration gave it up"),
                        called("a", "1"),
                        gaveUp(1))));
      };
}
