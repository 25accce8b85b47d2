package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.ReplayCase.given;
import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.C;
import static io.millrace.engine.replaying.Scene.CHILD;
import static io.millrace.engine.replaying.Scene.GO;
import static io.millrace.engine.replaying.Scene.K;
import static io.millrace.engine.replaying.Scene.awaited;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.cancel;
import static io.millrace.engine.replaying.Scene.child;
import static io.millrace.engine.replaying.Scene.childResult;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.detached;
import static io.millrace.engine.replaying.Scene.failure;
import static io.millrace.engine.replaying.Scene.fired;
import static io.millrace.engine.replaying.Scene.gaveUp;
import static io.millrace.engine.replaying.Scene.marked;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.put;
import static io.millrace.engine.replaying.Scene.raised;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.status;
import static io.millrace.engine.replaying.Scene.text;
import static io.millrace.engine.replaying.Scene.timeOf;
import static io.millrace.engine.replaying.Scene.timer;
import static io.millrace.engine.replaying.Scene.waits;

import io.millrace.engine.ChildOptions;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.NondeterminismReport.Difference;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Code that throws, histories that are damaged, code and histories that do not fit. */
final class FaultTables {

  private static final Payload ODD = Payload.wrap(new byte[] {'?', 1});
  private static final HistoryEvent END = new HistoryEvent.ExecutionCompleted();
  private static final OrchestrationFunction<String, String> ONE =
      (ctx, input) -> ctx.call(A, "1").await();
  private static final OrchestrationFunction<String, String> SLEEPS =
      (ctx, input) -> {
        ctx.sleep(Duration.ofSeconds(1)).await();
        return "woke";
      };
  private static final OrchestrationFunction<String, String> WAITS =
      (ctx, input) -> ctx.waitFor(GO).await();
  private static final OrchestrationFunction<String, String> PARENT =
      (ctx, input) -> ctx.callChild(CHILD, "1").await();
  private static final OrchestrationFunction<String, String> SETS =
      (ctx, input) -> {
        ctx.put(K, "v");
        return ctx.call(A, "1").await();
      };
  private static final OrchestrationFunction<String, String> REPORTS =
      (ctx, input) -> {
        ctx.setStatus(String.class, "s");
        return ctx.call(A, "1").await();
      };

  private static final String CALL_A = "a call of activity \"a\"";
  private static final String TIMER_2 = "a timer until 2023-11-14T22:13:22Z";
  private static final String WAIT_GO = "a wait for event \"go\"";
  private static final String CHILD_1 = "a call of child \"child\", version \"1\"";
  private static final String SET_K = "the setting of key \"k\"";
  private static final String STATUS = "the setting of the custom status";

  private FaultTables() {}

  static final Supplier<List<ReplayCase>> ENDS =
      () -> {
        return List.of(
            given(
                    "a value cannot be written",
                    (ctx, input) -> ctx.call(A, TextCodec.UNWRITABLE).await())
                .on(started("x"))
                .setAsideBecause("cannot write the input of activity a at FaultTables.java"),
            given("the result cannot be written", (ctx, input) -> TextCodec.UNWRITABLE)
                .on(started("x"))
                .setAsideBecause("cannot write the result of scene@1"),
            given(
                    "a status cannot be written",
                    (ctx, input) -> {
                      ctx.setStatus(String.class, TextCodec.UNWRITABLE);
                      return "done";
                    })
                .on(started("s"))
                .setAsideBecause("cannot write the status"),
            given(
                    "a key's value cannot be written",
                    (ctx, input) -> {
                      ctx.put(K, TextCodec.UNWRITABLE);
                      return "done";
                    })
                .on(started("k"))
                .setAsideBecause("cannot write the value of key k"),
            given(
                    "a child's input cannot be written",
                    (ctx, input) -> ctx.callChild(CHILD, TextCodec.UNWRITABLE).await())
                .on(started("c"))
                .setAsideBecause("cannot write the input of child child@1"),
            given(
                    "a child's id is too long",
                    new TurnLimits(10, 10, 8),
                    (ctx, input) -> {
                      try {
                        return ctx.callChild(CHILD, "1", ChildOptions.DEFAULTS.withId("123456789"))
                            .await();
                      } catch (IllegalArgumentException e) {
                        return e.getMessage();
                      }
                    })
                .on(started("x"))
                .gives(completes("expected an id of 1 to idCharsMax=8 characters, length=9")),
            given(
                    "the turn asks for too much",
                    new TurnLimits(2, 10, 64),
                    (ctx, input) -> {
                      for (int i = 0; i < 3; i++) {
                        ctx.call(A, "" + i);
                      }
                      return "done";
                    })
                .on(started("x"))
                .setAsideBecause("a turn asked for more actions than turnActionsMax=2"),
            given(
                    "as much as the limit over two turns",
                    new TurnLimits(1, 10, 64),
                    (ctx, input) -> ctx.call(A, "1").await() + ctx.call(B, "2").await())
                .past(started("t"), called("a", "1"))
                .on(result(1, "r"))
                .gives(waits(on(3), called("b", "2"))),
            given(
                    "the error that ends a turn is swallowed",
                    (ctx, input) -> {
                      try {
                        return ctx.call(A, "1").await();
                      } catch (Throwable e) {
                        return "swallowed";
                      }
                    })
                .on(started("sw"))
                .gives(waits(on(1), called("a", "1"))),
            given(
                    "a finally block asks for nothing while the turn ends",
                    (ctx, input) -> {
                      try {
                        return ctx.call(A, "1").await();
                      } finally {
                        ctx.call(B, "2");
                      }
                    })
                .on(started("fin"))
                .gives(waits(on(1), called("a", "1"))),
            given(
                    "a finally block asks when the code ends",
                    (ctx, input) -> {
                      try {
                        return ctx.call(A, "1").await();
                      } finally {
                        ctx.call(B, "2");
                      }
                    })
                .past(started("fin"), called("a", "1"))
                .on(result(1, "r"))
                .gives(completes("r", called("b", "2"))));
      };

  static final Supplier<List<ReplayCase>> DAMAGE =
      () -> {
        return List.of(
            given("nothing at all", ONE)
                .on()
                .unreadable(0, "expected the start of the execution as its first event"),
            given("the start is missing, an event came", ONE)
                .on(raised("go", "1"))
                .unreadable(0, "expected the start of the execution as its first event"),
            given("the start is missing, a result came", ONE)
                .on(result(1, "r"))
                .unreadable(
                    0, "found the result of event 1, but event=1 is no action of this execution"),
            given("the start is missing in history", ONE)
                .past(raised("go", "1"))
                .on(result(1, "r"))
                .unreadable(0, "expected the start of the execution as its first event"),
            given("the start is not the first", ONE)
                .on(raised("go", "1"), started("x"))
                .unreadable(
                    1, "expected the start of the execution as its first event, found it later"),
            given("a second start in the first turn", ONE)
                .on(started("x"), started("y"))
                .unreadable(1, "found a second start of the execution"),
            given("a second start later", ONE)
                .past(started("x"), called("a", "1"))
                .on(started("y"))
                .unreadable(2, "found a second start of the execution"),
            given("a turn is missing", ONE)
                .row(1, 0, started("x"), called("a", "1"))
                .row(3, 2, raised("go", "1"))
                .on(result(1, "r"))
                .unreadable(
                    2,
                    "expected turn=2 firstEvent=2 execution=1 instance=7,"
                        + " found turn=3 firstEvent=2 execution=1 instance=7"),
            given("the first turn is missing", ONE)
                .row(2, 2, raised("go", "1"))
                .on(result(1, "r"))
                .unreadable(
                    0,
                    "expected turn=1 firstEvent=0 execution=1 instance=7,"
                        + " found turn=2 firstEvent=2 execution=1 instance=7"),
            given("events are missing between turns", ONE)
                .row(1, 0, started("x"), called("a", "1"))
                .row(2, 4, raised("go", "1"))
                .on(result(1, "r"))
                .unreadable(
                    2,
                    "expected turn=2 firstEvent=2 execution=1 instance=7,"
                        + " found turn=2 firstEvent=4 execution=1 instance=7"),
            given("a turn is there twice", ONE)
                .row(1, 0, started("x"), called("a", "1"))
                .row(1, 0, started("x"), called("a", "1"))
                .on(result(1, "r"))
                .unreadable(
                    2,
                    "expected turn=2 firstEvent=2 execution=1 instance=7,"
                        + " found turn=1 firstEvent=0 execution=1 instance=7"),
            given("an empty turn", ONE)
                .row(1, 0, started("x"), called("a", "1"))
                .row(2, 2)
                .on(result(1, "r"))
                .unreadable(2, "expected at least one event in turn=2, found none"),
            given("a turn after the end", (ctx, input) -> "done")
                .past(started("x"), END)
                .past(raised("go", "1"))
                .on(result(1, "r"))
                .diverges(
                    1,
                    Difference.LESS,
                    "the end of the execution: it completed",
                    "nothing more: it returned"),
            given("a step after the end in the same turn", ONE)
                .past(started("x"), END, called("a", "1"))
                .on(result(2, "r"))
                .unreadable(1, "found events after the end of the execution, event=1"),
            given("a step after the end in the next turn", ONE)
                .past(started("x"), END)
                .past(raised("go", "1"), called("a", "1"))
                .on(result(3, "r"))
                .unreadable(1, "found events after the end of the execution, event=1"),
            given("a message among the actions", ONE)
                .past(started("x"), called("a", "1"), raised("go", "1"), called("b", "2"))
                .on(result(1, "r"))
                .unreadable(
                    2, "expected an action after the turn's messages, found a message, event=2"),
            given("a result for nothing", ONE)
                .past(started("x"), called("a", "1"))
                .on(result(9, "r"))
                .unreadable(
                    2, "found the result of event 9, but event=9 is no action of this execution"),
            given("a result for a negative number", ONE)
                .past(started("x"), called("a", "1"))
                .on(result(-1, "r"))
                .unreadable(
                    2, "found the result of event -1, but event=-1 is no action of this execution"),
            given("a result for a message", ONE)
                .past(started("x"), called("a", "1"))
                .on(result(0, "r"))
                .unreadable(
                    2, "found the result of event 0, but event=0 is no action of this execution"),
            given("an orphan in history", ONE)
                .past(started("x"), called("a", "1"))
                .past(failure(5, "no"))
                .on(result(1, "r"))
                .unreadable(
                    2, "found the failure of event 5, but event=5 is no action of this execution"),
            given("a result for a timer", SLEEPS)
                .past(started("x"), timer(timeOf(2)))
                .on(result(1, "r"))
                .unreadable(2, "found the result of event 1, but event=1 is a timer"),
            given("a firing of a call", ONE)
                .past(started("x"), called("a", "1"))
                .on(fired(1))
                .unreadable(2, "found the firing of timer 1, but event=1 is activity a"),
            given("a result for a wait", WAITS)
                .past(started("x"), awaited("go"))
                .on(result(1, "r"))
                .unreadable(2, "found the result of event 1, but event=1 is event go"),
            given("a child's result for a timer", SLEEPS)
                .past(started("x"), timer(timeOf(2)))
                .on(childResult(1, "r"))
                .unreadable(2, "found the result of child 1, but event=1 is a timer"),
            given("a result for the setting of a key", SETS)
                .past(started("x"), put("k", "v"), called("a", "1"))
                .on(result(1, "r"))
                .unreadable(
                    3, "found the result of event 1, but event=1 is the setting of key \"k\""),
            given("the input cannot be read", ONE)
                .on(new HistoryEvent.Started(ODD))
                .unreadable(0, unreadable("java.lang.String")),
            given("a result cannot be read", ONE)
                .past(started("x"), called("a", "1"))
                .on(new HistoryEvent.ActivityCompleted(1, ODD))
                .unreadable(2, unreadable("java.lang.String")),
            given("a child's result cannot be read", PARENT)
                .past(started("x"), child("child", "1", "kid", "1"))
                .on(new HistoryEvent.ChildCompleted(1, ODD))
                .unreadable(2, unreadable("java.lang.String")),
            given("an event's data cannot be read", WAITS)
                .past(started("x"), awaited("go"))
                .on(new HistoryEvent.EventRaised("go", ODD))
                .unreadable(2, unreadable("java.lang.String")),
            given(
                    "a key's value cannot be read",
                    (ctx, input) -> {
                      ctx.put(K, "v");
                      ctx.call(A, "1").await();
                      return ctx.get(K);
                    })
                .past(started("x"), new HistoryEvent.KeyValueSet("k", ODD), called("a", "1"))
                .on(result(2, "r"))
                .unreadable(1, unreadable("java.lang.String")));
      };

  private static String unreadable(String type) {
    return "cannot read a value as "
        + type
        + ": java.lang.IllegalArgumentException: no codec has marker=?";
  }

  private static ReplayCase differs(
      OrchestrationFunction<String, String> code,
      HistoryEvent.Action held,
      Difference difference,
      String expected,
      String found) {
    return given("history: " + expected + "; code: " + found, code)
        .past(started("x"), held)
        .on(raised("go", "1"))
        .diverges(1, difference, expected, found);
  }

  static final Supplier<List<ReplayCase>> DIVERGENCES =
      () -> {
        OrchestrationFunction<String, String> more =
            (ctx, input) -> {
              DurableFuture<String> one = ctx.call(A, "1");
              ctx.call(B, "2");
              return one.await();
            };
        return List.of(
            differs(ONE, timer(timeOf(2)), Difference.KIND, TIMER_2, CALL_A),
            differs(ONE, awaited("go"), Difference.KIND, WAIT_GO, CALL_A),
            differs(ONE, child("child", "1", "c", "1"), Difference.KIND, CHILD_1, CALL_A),
            differs(ONE, put("k", "v"), Difference.KIND, SET_K, CALL_A),
            differs(ONE, status("s"), Difference.KIND, STATUS, CALL_A),
            differs(ONE, called("b", "1"), Difference.NAME, "a call of activity \"b\"", CALL_A),
            differs(
                ONE,
                new HistoryEvent.ActivityScheduled("a", "slow", text("1")),
                Difference.TAG,
                "a call of activity \"a\", tag \"slow\"",
                CALL_A),
            differs(SLEEPS, called("a", "1"), Difference.KIND, CALL_A, TIMER_2),
            differs(SLEEPS, awaited("go"), Difference.KIND, WAIT_GO, TIMER_2),
            differs(SLEEPS, child("child", "1", "c", "1"), Difference.KIND, CHILD_1, TIMER_2),
            differs(SLEEPS, put("k", "v"), Difference.KIND, SET_K, TIMER_2),
            differs(WAITS, called("a", "1"), Difference.KIND, CALL_A, WAIT_GO),
            differs(WAITS, timer(timeOf(2)), Difference.KIND, TIMER_2, WAIT_GO),
            differs(WAITS, awaited("stop"), Difference.NAME, "a wait for event \"stop\"", WAIT_GO),
            differs(PARENT, called("a", "1"), Difference.KIND, CALL_A, CHILD_1),
            differs(PARENT, timer(timeOf(2)), Difference.KIND, TIMER_2, CHILD_1),
            differs(
                PARENT,
                child("other", "1", "c", "1"),
                Difference.NAME,
                "a call of child \"other\", version \"1\"",
                CHILD_1),
            differs(
                PARENT,
                child("child", "2", "c", "1"),
                Difference.VERSION,
                "a call of child \"child\", version \"2\"",
                CHILD_1),
            differs(
                PARENT,
                detached("child", "1", "c", "1"),
                Difference.KIND,
                "a detached start of child \"child\", version \"1\"",
                CHILD_1),
            differs(SETS, called("a", "1"), Difference.KIND, CALL_A, SET_K),
            differs(SETS, put("j", "v"), Difference.NAME, "the setting of key \"j\"", SET_K),
            differs(SETS, status("s"), Difference.KIND, STATUS, SET_K),
            differs(REPORTS, put("k", "v"), Difference.KIND, SET_K, STATUS),
            differs(REPORTS, marked("x", 1), Difference.KIND, "version 1 of change \"x\"", STATUS),
            given("the code asks for more than a turn", more)
                .past(started("m"), called("a", "1"))
                .on(result(1, "r"))
                .diverges(
                    2,
                    Difference.MORE,
                    "nothing more in this turn: the code waited here",
                    "a call of activity \"b\""),
            given("the code asks for more in the middle", more)
                .past(started("m"), called("a", "1"))
                .past(raised("go", "1"))
                .on(result(1, "r"))
                .diverges(
                    2,
                    Difference.MORE,
                    "nothing more in this turn: the code waited here for event \"go\" raised",
                    "a call of activity \"b\""),
            given("the code asks for less", ONE)
                .past(started("m"), called("a", "1"), called("b", "2"))
                .on(result(1, "r"))
                .diverges(
                    2,
                    Difference.LESS,
                    "a call of activity \"b\"",
                    "nothing more in this turn: it waits for activity a"),
            given("the code returns early", (ctx, input) -> "done")
                .past(started("m"), called("a", "1"))
                .on(result(1, "r"))
                .diverges(1, Difference.LESS, CALL_A, "nothing more: it returned"),
            given(
                    "the code returns where it waited",
                    (ctx, input) -> "" + ctx.call(A, "1").isDone())
                .past(started("w"), called("a", "1"))
                .on(result(1, "r"))
                .diverges(
                    2,
                    Difference.LESS,
                    "nothing more in this turn: the code waited here",
                    "nothing more: it returned"),
            given(
                    "the code throws early",
                    (ctx, input) -> {
                      throw new IllegalStateException("disk");
                    })
                .past(started("m"), called("a", "1"))
                .on(result(1, "r"))
                .diverges(
                    1,
                    Difference.LESS,
                    CALL_A,
                    "nothing more: it threw java.lang.IllegalStateException: disk"),
            given(
                    "another call is cancelled",
                    (ctx, input) -> {
                      DurableFuture<String> a = ctx.call(A, "1");
                      ctx.call(B, "2").cancel();
                      return a.await();
                    })
                .past(started("m"), called("a", "1"), called("b", "2"), gaveUp(1))
                .on(result(2, "r"))
                .diverges(
                    3,
                    Difference.TARGET,
                    "the cancelling of event 1, a call of activity \"a\"",
                    "the cancelling of event 2, a call of activity \"b\""),
            given(
                    "a race that was not one",
                    (ctx, input) ->
                        ctx.race(ctx.call(A, "1"), ctx.call(B, "2")).await()
                            + ctx.call(C, "3").await())
                .past(started("m"), called("a", "1"), called("b", "2"))
                .past(result(1, "a"), called("c", "3"))
                .on(result(4, "c"))
                .diverges(
                    4,
                    Difference.KIND,
                    "a call of activity \"c\"",
                    "the cancelling of event 2, a call of activity \"b\""),
            given(
                    "a later turn differs",
                    (ctx, input) -> ctx.call(A, "1").await() + ctx.call(B, "2").await())
                .past(started("m"), called("a", "1"))
                .past(result(1, "r"), called("c", "2"))
                .on(result(3, "s"))
                .diverges(
                    3, Difference.NAME, "a call of activity \"c\"", "a call of activity \"b\""),
            given("the execution had ended", ONE)
                .past(started("m"), called("a", "1"), END)
                .on(cancel("late"))
                .diverges(
                    2,
                    Difference.LESS,
                    "the end of the execution: it completed",
                    "nothing more in this turn: it waits for activity a"));
      };
}
