package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.ReplayCase.given;
import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.B;
import static io.millrace.engine.replaying.Scene.CHILD;
import static io.millrace.engine.replaying.Scene.GO;
import static io.millrace.engine.replaying.Scene.K;
import static io.millrace.engine.replaying.Scene.SCENE;
import static io.millrace.engine.replaying.Scene.awaited;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.carrying;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.continues;
import static io.millrace.engine.replaying.Scene.marked;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.put;
import static io.millrace.engine.replaying.Scene.raised;
import static io.millrace.engine.replaying.Scene.removed;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.status;
import static io.millrace.engine.replaying.Scene.waits;

import io.millrace.engine.NondeterminismReport.Difference;
import io.millrace.engine.OrchestrationFunction;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Going on as new, what an instance keeps, and patches. */
final class KeptTables {

  private static final OrchestrationFunction<String, String> ONE =
      (ctx, input) -> ctx.call(A, "1").await();
  private static final OrchestrationFunction<String, String> LOOPS =
      (ctx, input) -> ctx.continueAsNew(SCENE, input + ctx.call(A, "1").await());
  private static final OrchestrationFunction<String, String> COUNTS =
      (ctx, input) -> {
        String before = ctx.get(K);
        ctx.put(K, before + "+");
        return ctx.call(A, "1").await() + ctx.get(K);
      };
  private static final OrchestrationFunction<String, String> PATCHED =
      (ctx, input) ->
          ctx.version("x", 0, 1) == 0 ? ctx.call(A, "1").await() : ctx.call(B, "2").await();

  private KeptTables() {}

  static final Supplier<List<ReplayCase>> CONTINUING =
      () -> {
        return List.of(
            given("at once", (ctx, input) -> ctx.continueAsNew(SCENE, input + "!"))
                .on(started("x"))
                .gives(continues("1", "x!", List.of(), Map.of())),
            given(
                    "as another version",
                    (ctx, input) -> ctx.continueAsNew(SCENE.withVersion("2"), "y"))
                .on(started("x"))
                .gives(continues("2", "y", List.of(), Map.of())),
            given("after a step", LOOPS)
                .past(started("x"), called("a", "1"))
                .on(result(1, "r"))
                .gives(continues("1", "xr", List.of(), Map.of())),
            given(
                    "with what was asked for in the turn",
                    (ctx, input) -> {
                      ctx.call(A, "1");
                      return ctx.continueAsNew(SCENE, "y");
                    })
                .on(started("x"))
                .gives(continues("1", "y", List.of(), Map.of(), called("a", "1"))),
            given("unread events go along, in order", LOOPS)
                .past(started("x"), called("a", "1"))
                .past(raised("stop", "1"), raised("go", "2"))
                .on(raised("go", "3"), result(1, "r"))
                .gives(
                    continues(
                        "1",
                        "xr",
                        List.of(raised("stop", "1"), raised("go", "2"), raised("go", "3")),
                        Map.of())),
            given(
                    "what a wait took does not",
                    (ctx, input) -> {
                      ctx.waitFor(GO);
                      return ctx.continueAsNew(SCENE, "y");
                    })
                .on(started("x"), raised("go", "1"), raised("go", "2"))
                .gives(continues("1", "y", List.of(raised("go", "2")), Map.of(), awaited("go"))),
            given(
                    "events that came along are read first",
                    (ctx, input) -> ctx.waitFor(GO).await() + ctx.waitFor(GO).await())
                .on(
                    carrying("x", Map.of(), raised("go", "1"), raised("stop", "9")),
                    raised("go", "2"))
                .gives(completes("12", awaited("go"), awaited("go"))),
            given(
                    "events that came along and stay unread go along again",
                    (ctx, input) -> ctx.continueAsNew(SCENE, "y"))
                .on(
                    carrying(
                        "x", Map.of(), raised("go", "1"), raised("stop", "2"), raised("go", "3")),
                    raised("stop", "4"))
                .gives(
                    continues(
                        "1",
                        "y",
                        List.of(
                            raised("go", "1"),
                            raised("stop", "2"),
                            raised("go", "3"),
                            raised("stop", "4")),
                        Map.of())),
            given(
                    "an event that came along beats the limit of a wait",
                    (ctx, input) -> ctx.waitFor(GO, java.time.Duration.ofSeconds(5)).await())
                .on(carrying("x", Map.of(), raised("go", "1")))
                .gives(completes("1", awaited("go"))),
            given(
                    "key-values go along",
                    (ctx, input) -> {
                      ctx.put(K, "v");
                      return ctx.continueAsNew(SCENE, "y");
                    })
                .on(carrying("x", Map.of("j", "w")))
                .gives(continues("1", "y", List.of(), Map.of("j", "w", "k", "v"), put("k", "v"))),
            given(
                    "removed key-values do not",
                    (ctx, input) -> {
                      ctx.remove(K);
                      return ctx.continueAsNew(SCENE, "y");
                    })
                .on(carrying("x", Map.of("k", "v")))
                .gives(continues("1", "y", List.of(), Map.of(), removed("k"))),
            given(
                    "what follows is ignored",
                    (ctx, input) -> {
                      try {
                        return ctx.continueAsNew(SCENE, "y");
                      } finally {
                        ctx.call(A, "never");
                      }
                    })
                .on(started("fin"))
                .gives(continues("1", "y", List.of(), Map.of())),
            given(
                    "as another orchestration",
                    (ctx, input) -> {
                      try {
                        return ctx.continueAsNew(CHILD, "y");
                      } catch (IllegalArgumentException e) {
                        return "refused";
                      }
                    })
                .on(started("x"))
                .gives(completes("refused")),
            given("where history holds a step", (ctx, input) -> ctx.continueAsNew(SCENE, "y"))
                .past(started("x"), called("a", "1"))
                .on(result(1, "r"))
                .diverges(
                    1,
                    Difference.LESS,
                    "a call of activity \"a\"",
                    "to continue as new, as version 1"));
      };

  static final Supplier<List<ReplayCase>> VALUES =
      () -> {
        return List.of(
            given("a key that is not set", (ctx, input) -> "" + ctx.get(K))
                .on(started("x"))
                .gives(completes("null")),
            given("a key that came along", (ctx, input) -> ctx.get(K))
                .on(carrying("x", Map.of("k", "v")))
                .gives(completes("v")),
            given("a key is set and read", COUNTS)
                .on(started("kv"))
                .gives(waits(on(2), put("k", "null+"), called("a", "1"))),
            given("a key is set and read a turn later", COUNTS)
                .past(started("kv"), put("k", "null+"), called("a", "1"))
                .on(result(2, "r"))
                .gives(completes("rnull+")),
            given("the value of history wins", COUNTS)
                .past(started("kv"), put("k", "other"), called("a", "1"))
                .on(result(2, "r"))
                .gives(completes("rother")),
            given("a key counts on what came along", COUNTS)
                .on(carrying("kv", Map.of("k", "1")))
                .gives(waits(on(2), put("k", "1+"), called("a", "1"))),
            given(
                    "a key is removed",
                    (ctx, input) -> {
                      ctx.remove(K);
                      return "" + ctx.get(K);
                    })
                .on(carrying("x", Map.of("k", "v")))
                .gives(completes("null", removed("k"))),
            given(
                    "a key that is not there is removed",
                    (ctx, input) -> {
                      ctx.remove(K);
                      return "done";
                    })
                .on(started("x"))
                .gives(completes("done", removed("k"))),
            given(
                    "a key is set to nothing",
                    (ctx, input) -> {
                      ctx.put(K, null);
                      return "" + ctx.get(K);
                    })
                .on(started("x"))
                .gives(completes("null", put("k", null))),
            given(
                    "the last value counts",
                    (ctx, input) -> {
                      ctx.put(K, "1");
                      ctx.put(K, "2");
                      return ctx.get(K);
                    })
                .on(started("x"))
                .gives(completes("2", put("k", "1"), put("k", "2"))),
            given(
                    "removing is repeated",
                    (ctx, input) -> {
                      ctx.remove(K);
                      return ctx.call(A, "1").await() + ctx.get(K);
                    })
                .past(carrying("x", Map.of("k", "v")), removed("k"), called("a", "1"))
                .on(result(2, "r"))
                .gives(completes("rnull")),
            given(
                    "the status is set",
                    (ctx, input) -> {
                      ctx.setStatus(String.class, "half way");
                      return ctx.call(A, "1").await();
                    })
                .on(started("x"))
                .gives(waits(on(2), status("half way"), called("a", "1"))),
            given(
                    "the status of history wins",
                    (ctx, input) -> {
                      ctx.setStatus(String.class, "half way");
                      return ctx.call(A, "1").await();
                    })
                .past(started("x"), status("quarter"), called("a", "1"))
                .on(result(2, "r"))
                .gives(completes("r")),
            given(
                    "the status is set to nothing",
                    (ctx, input) -> {
                      ctx.setStatus(String.class, null);
                      return "done";
                    })
                .on(started("x"))
                .gives(completes("done", status(null))),
            given(
                    "a key is set where history removed it",
                    (ctx, input) -> {
                      ctx.put(K, "v");
                      return "done";
                    })
                .past(started("x"), removed("k"))
                .on(raised("go", "1"))
                .diverges(
                    1, Difference.KIND, "the removing of key \"k\"", "the setting of key \"k\""));
      };

  static final Supplier<List<ReplayCase>> VERSIONS =
      () -> {
        OrchestrationFunction<String, String> later =
            (ctx, input) -> ctx.call(A, "1").await() + ctx.version("x", 0, 1);
        OrchestrationFunction<String, String> twice =
            (ctx, input) -> {
              int first = ctx.version("x", 0, 1);
              String step = ctx.call(A, "1").await();
              return first + step + ctx.version("x", 0, 3);
            };
        OrchestrationFunction<String, String> two =
            (ctx, input) ->
                ctx.version("x", 0, 1) + "" + ctx.version("y", 0, 1) + ctx.call(A, "1").await();
        return List.of(
            given("the first pass takes the newest", PATCHED)
                .on(started("v"))
                .gives(waits(on(2), marked("x", 1), called("b", "2"))),
            given("the mark is repeated", PATCHED)
                .past(started("v"), marked("x", 1), called("b", "2"))
                .on(result(2, "b"))
                .gives(completes("b")),
            given("an old history takes the oldest", PATCHED)
                .past(started("v"), called("a", "1"))
                .on(result(1, "a"))
                .gives(completes("a")),
            given("an old mark is kept", PATCHED)
                .past(started("v"), marked("x", 0), called("a", "1"))
                .on(result(2, "a"))
                .gives(completes("a")),
            given("an old history that has not come so far takes the newest", later)
                .past(started("v"), called("a", "1"))
                .on(result(1, "a"))
                .gives(completes("a1", marked("x", 1))),
            given(
                    "an old history that passed takes the oldest",
                    (ctx, input) ->
                        ctx.call(A, "1").await()
                            + ctx.version("x", 0, 1)
                            + ctx.call(B, "2").await())
                .past(started("v"), called("a", "1"))
                .past(result(1, "a"), called("b", "2"))
                .on(result(3, "b"))
                .gives(completes("a0b")),
            given(
                    "a patch before the wait where history stands takes the oldest",
                    (ctx, input) -> {
                      var call = ctx.call(A, "1");
                      int version = ctx.version("x", 0, 1);
                      return call.await() + version;
                    })
                .past(started("v"), called("a", "1"))
                .on(result(1, "a"))
                .gives(completes("a0")),
            given("one change, one answer", twice)
                .past(started("v"), marked("x", 1), called("a", "1"))
                .on(result(2, "r"))
                .gives(completes("1r1")),
            given("one change, one answer, of an old history", twice)
                .past(started("v"), called("a", "1"))
                .on(result(1, "r"))
                .gives(completes("0r0")),
            given("two changes", two)
                .on(started("v"))
                .gives(waits(on(3), marked("x", 1), marked("y", 1), called("a", "1"))),
            given("the first of two changes is newer than history", two)
                .past(started("v"), marked("y", 1), called("a", "1"))
                .on(result(2, "r"))
                .gives(completes("01r")),
            given("the second of two changes is newer than history", two)
                .past(started("v"), marked("x", 1), called("a", "1"))
                .on(result(2, "r"))
                .gives(completes("10r")),
            given("the code of a mark is gone", (ctx, input) -> "" + ctx.version("x", 2, 3))
                .past(started("v"), marked("x", 1))
                .on(raised("go", "1"))
                .diverges(
                    1,
                    Difference.CHANGE_VERSION,
                    "version 1 of change \"x\"",
                    "a version from 2 to 3 of change \"x\""),
            given("the mark is newer than the code", (ctx, input) -> "" + ctx.version("x", 0, 1))
                .past(started("v"), marked("x", 2))
                .on(raised("go", "1"))
                .diverges(
                    1,
                    Difference.CHANGE_VERSION,
                    "version 2 of change \"x\"",
                    "a version from 0 to 1 of change \"x\""),
            given("nobody asks for a mark", ONE)
                .past(started("v"), marked("x", 1), called("a", "1"))
                .on(result(2, "r"))
                .diverges(
                    1, Difference.KIND, "version 1 of change \"x\"", "a call of activity \"a\""),
            given(
                    "a range upside down",
                    (ctx, input) -> {
                      try {
                        return "" + ctx.version("x", 2, 1);
                      } catch (IllegalArgumentException e) {
                        return e.getMessage();
                      }
                    })
                .on(started("x"))
                .gives(completes("expected min <= max, min=2 max=1")));
      };
}
