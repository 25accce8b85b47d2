package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.ReplayCase.given;
import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.C;
import static io.millrace.engine.replaying.Scene.CHILD;
import static io.millrace.engine.replaying.Scene.SCENE;
import static io.millrace.engine.replaying.Scene.boom;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.cancel;
import static io.millrace.engine.replaying.Scene.cancels;
import static io.millrace.engine.replaying.Scene.child;
import static io.millrace.engine.replaying.Scene.childFailure;
import static io.millrace.engine.replaying.Scene.childResult;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.detached;
import static io.millrace.engine.replaying.Scene.fails;
import static io.millrace.engine.replaying.Scene.failure;
import static io.millrace.engine.replaying.Scene.gaveUp;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.waits;

import io.millrace.engine.ChildOptions;
import io.millrace.engine.OrchestrationCancelledException;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.StepFailedException;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import java.util.List;
import java.util.function.Supplier;

/** Stopping, and children. */
final class LifeTables {

  private static final OrchestrationFunction<String, String> ONE =
      (ctx, input) -> ctx.call(A, "1").await();
  private static final OrchestrationFunction<String, String> UNDOES =
      (ctx, input) -> {
        try {
          return ctx.call(A, "1").await();
        } catch (OrchestrationCancelledException e) {
          ctx.call(B, e.reason()).await();
          throw e;
        }
      };
  private static final OrchestrationFunction<String, String> SURVIVES =
      (ctx, input) -> {
        try {
          return ctx.call(A, "1").await();
        } catch (OrchestrationCancelledException e) {
          return "survived" + ctx.call(B, "2").await() + ctx.call(C, "3").await();
        }
      };
  private static final OrchestrationFunction<String, String> PARENT =
      (ctx, input) -> ctx.callChild(CHILD, input).await();
  private static final OrchestrationFunction<String, String> GUARDIAN =
      (ctx, input) -> {
        try {
          return ctx.callChild(CHILD, input, ChildOptions.DEFAULTS.withId("kid")).await();
        } catch (StepFailedException e) {
          return e.getMessage();
        }
      };
  private static final OrchestrationFunction<String, String> LOOPS =
      (ctx, input) -> ctx.continueAsNew(SCENE, input + ctx.call(A, "1").await());

  private LifeTables() {}

  static final Supplier<List<ReplayCase>> CANCELLATION =
      () -> {
        OrchestrationFunction<String, String> never =
            (ctx, input) -> {
              while (true) {
                try {
                  ctx.call(A, "1").await();
                } catch (OrchestrationCancelledException e) {
                  ctx.logger().info("not yet");
                }
              }
            };
        return List.of(
            given("it is let pass", ONE)
                .past(started("c"), called("a", "1"))
                .on(cancel("enough"))
                .gives(cancels("enough")),
            given("it has no reason", ONE)
                .past(started("c"), called("a", "1"))
                .on(cancel(""))
                .gives(cancels("")),
            given("it wins over the result before it", ONE)
                .past(started("c"), called("a", "1"))
                .on(result(1, "r"), cancel("enough"))
                .gives(cancels("enough")),
            given("it wins over the result after it", ONE)
                .past(started("c"), called("a", "1"))
                .on(cancel("enough"), result(1, "r"))
                .gives(cancels("enough")),
            given("it wins over a failure", ONE)
                .past(started("c"), called("a", "1"))
                .on(failure(1, "no"), cancel("enough"))
                .gives(cancels("enough")),
            given("it wins over the end", (ctx, input) -> "done")
                .on(started("c"), cancel("enough"))
                .gives(cancels("enough")),
            given("it came with the start", ONE)
                .on(started("c"), cancel("enough"))
                .gives(cancels("enough", called("a", "1"))),
            given("the first of two counts", ONE)
                .past(started("c"), called("a", "1"))
                .on(cancel("first"), cancel("second"))
                .gives(cancels("first")),
            given("compensation is asked for", UNDOES)
                .past(started("c"), called("a", "1"))
                .on(cancel("enough"))
                .gives(waits(on(3), called("b", "enough"))),
            given("compensation is done", UNDOES)
                .past(started("c"), called("a", "1"))
                .past(cancel("enough"), called("b", "enough"))
                .on(result(3, "undone"))
                .gives(cancels("enough")),
            given("compensation fails", UNDOES)
                .past(started("c"), called("a", "1"))
                .past(cancel("enough"), called("b", "enough"))
                .on(failure(3, "stuck"))
                .gives(fails(boom("stuck"))),
            given("a second request does not disturb compensation", UNDOES)
                .past(started("c"), called("a", "1"))
                .past(cancel("enough"), called("b", "enough"))
                .on(cancel("again"))
                .gives(waits(on(3))),
            given("the result came while it compensates", UNDOES)
                .past(started("c"), called("a", "1"))
                .past(cancel("enough"), called("b", "enough"))
                .on(result(1, "late"))
                .gives(waits(on(3))),
            given("it is survived", SURVIVES)
                .past(started("c"), called("a", "1"))
                .past(cancel("enough"), called("b", "2"))
                .on(result(3, "b"))
                .gives(waits(on(5), called("c", "3"))),
            given("who survived completes", SURVIVES)
                .past(started("c"), called("a", "1"))
                .past(cancel("enough"), called("b", "2"))
                .past(result(3, "b"), called("c", "3"))
                .on(result(5, "c"))
                .gives(completes("survivedbc")),
            given("it arrives where the code goes on as new", LOOPS)
                .past(started("loop"), called("a", "1"))
                .on(result(1, "r"), cancel("enough"))
                .gives(cancels("enough")),
            given("compensation up to the limit", new TurnLimits(100, 2, 64), SURVIVES)
                .past(started("lim"), called("a", "1"))
                .past(cancel("enough"), called("b", "2"))
                .on(result(3, "b"))
                .gives(waits(on(5), called("c", "3"))),
            given("compensation beyond the limit", new TurnLimits(100, 1, 64), SURVIVES)
                .past(started("limit"), called("a", "1"))
                .past(cancel("enough"), called("b", "2"))
                .on(result(3, "b"))
                .failsByLimit("compensationActionsMax"),
            given("no compensation at all", new TurnLimits(100, 0, 64), never)
                .past(started("limit"), called("a", "1"))
                .on(cancel("enough"))
                .failsByLimit("compensationActionsMax"));
      };

  static final Supplier<List<ReplayCase>> CHILDREN =
      () -> {
        String id = "scene-1/1.1";
        return List.of(
            given("a child is started", PARENT)
                .on(started("x"))
                .gives(waits(on(1), child("child", "1", id, "x"))),
            given("a child with an id", GUARDIAN)
                .on(started("x"))
                .gives(waits(on(1), child("child", "1", "kid", "x"))),
            given(
                    "a child of another version",
                    (ctx, input) -> ctx.callChild(CHILD.withVersion("2"), "y").await())
                .on(started("x"))
                .gives(waits(on(1), child("child", "2", id, "y"))),
            given(
                    "each child has its own id",
                    (ctx, input) -> {
                      ctx.callChild(CHILD, "1");
                      return ctx.callChild(CHILD, "2").await();
                    })
                .on(started("x"))
                .gives(
                    waits(
                        on(2),
                        child("child", "1", id, "1"),
                        child("child", "1", "scene-1/1.2", "2"))),
            given("it returned", PARENT)
                .past(started("x"), child("child", "1", id, "x"))
                .on(childResult(1, "r"))
                .gives(completes("r")),
            given("it returned twice", PARENT)
                .past(started("x"), child("child", "1", id, "x"))
                .on(childResult(1, "r"), childResult(1, "s"))
                .gives(completes("r")),
            given("it failed", PARENT)
                .past(started("x"), child("child", "1", id, "x"))
                .on(childFailure(1, id, "no"))
                .gives(fails(new Failure.ChildFailed(id, "shop.Boom: no", boom("no")))),
            given("its failure is caught", GUARDIAN)
                .past(started("x"), child("child", "1", "kid", "x"))
                .on(childFailure(1, "kid", "no"))
                .gives(completes("child child@1 kid did not succeed: shop.Boom: no")),
            given("it was cancelled", PARENT)
                .past(started("x"), child("child", "1", id, "x"))
                .on(
                    new HistoryEvent.ChildFailed(
                        1, new Failure.ChildFailed(id, "cancelled", new Failure.Cancelled("bye"))))
                .gives(
                    fails(new Failure.ChildFailed(id, "cancelled", new Failure.Cancelled("bye")))),
            given("its id in history is another", PARENT)
                .past(started("x"), child("child", "1", "other", "x"))
                .on(childResult(1, "r"))
                .gives(completes("r")),
            given(
                    "a child races an activity and loses",
                    (ctx, input) -> ctx.race(ctx.callChild(CHILD, "1"), ctx.call(A, "2")).await())
                .past(started("x"), child("child", "1", id, "1"), called("a", "2"))
                .on(result(2, "a"))
                .gives(completes("a", gaveUp(1))),
            given(
                    "a child and an activity are joined",
                    (ctx, input) ->
                        String.join(
                            "",
                            ctx.all(List.of(ctx.callChild(CHILD, "1"), ctx.call(A, "2"))).await()))
                .past(started("x"), child("child", "1", id, "1"), called("a", "2"))
                .past(childResult(1, "c"))
                .on(result(2, "a"))
                .gives(completes("ca")),
            given(
                    "a child is let go",
                    (ctx, input) -> ctx.startDetached(CHILD, "1", ChildOptions.DEFAULTS))
                .on(started("x"))
                .gives(completes(id, detached("child", "1", id, "1"))),
            given(
                    "a child is let go under an id",
                    (ctx, input) ->
                        ctx.startDetached(CHILD, "1", ChildOptions.DEFAULTS.withId("free")))
                .on(started("x"))
                .gives(completes("free", detached("child", "1", "free", "1"))),
            given(
                    "who was let go keeps the id of history",
                    (ctx, input) ->
                        ctx.startDetached(CHILD, "1", ChildOptions.DEFAULTS.withId("new"))
                            + ctx.call(A, "1").await())
                .past(started("x"), detached("child", "1", "old", "1"), called("a", "1"))
                .on(result(2, "r"))
                .gives(completes("oldr")),
            given("an activity's result for a child", PARENT)
                .past(started("x"), child("child", "1", id, "x"))
                .on(result(1, "r"))
                .unreadable(
                    1 + 1, "found the result of event 1, but event=1 is child child@1 scene-1/1.1"),
            given("a child's result for an activity", ONE)
                .past(started("x"), called("a", "1"))
                .on(childResult(1, "r"))
                .unreadable(2, "found the result of child 1, but event=1 is activity a"),
            given(
                    "a result for a child that was let go",
                    (ctx, input) -> {
                      ctx.startDetached(CHILD, "1", ChildOptions.DEFAULTS);
                      return ctx.call(A, "1").await();
                    })
                .past(started("x"), detached("child", "1", id, "1"), called("a", "1"))
                .on(childResult(1, "r"))
                .unreadable(
                    3,
                    "found the result of child 1, but event=1 is a detached start of child \"child\","
                        + " version \"1\""));
      };
}
