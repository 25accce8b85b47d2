package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.CHILD;
import static io.millrace.engine.replaying.Scene.GO;
import static io.millrace.engine.replaying.Scene.K;
import static io.millrace.engine.replaying.Scene.SCENE;
import static io.millrace.engine.replaying.Scene.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.CallOptions;
import io.millrace.engine.ChildOptions;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.OrchestrationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked of a context or a future that belong to another turn or thread is refused. */
class OutsideTheTurnTest {

  /** Something that code can ask for. */
  private interface Use {
    void of(OrchestrationContext context, DurableFuture<String> future);
  }

  private static final Map<String, Use> USES = uses();

  private static Map<String, Use> uses() {
    Map<String, Use> uses = new LinkedHashMap<>();
    uses.put("call", (ctx, future) -> ctx.call(A, "x"));
    uses.put("call with options", (ctx, future) -> ctx.call(A, "x", CallOptions.DEFAULTS));
    uses.put("callChild", (ctx, future) -> ctx.callChild(CHILD, "x", ChildOptions.DEFAULTS));
    uses.put("detached", (ctx, future) -> ctx.startDetached(CHILD, "x", ChildOptions.DEFAULTS));
    uses.put("continueAsNew", (ctx, future) -> ctx.continueAsNew(SCENE, "x"));
    uses.put("setStatus", (ctx, future) -> ctx.setStatus(String.class, "x"));
    uses.put("get", (ctx, future) -> ctx.get(K));
    uses.put("put", (ctx, future) -> ctx.put(K, "x"));
    uses.put("remove", (ctx, future) -> ctx.remove(K));
    uses.put("version", (ctx, future) -> ctx.version("change", 1, 2));
    uses.put("sleep", (ctx, future) -> ctx.sleep(Duration.ofSeconds(1)));
    uses.put("sleepUntil", (ctx, future) -> ctx.sleepUntil(Instant.EPOCH));
    uses.put("waitFor", (ctx, future) -> ctx.waitFor(GO));
    uses.put("waitFor timed", (ctx, future) -> ctx.waitFor(GO, Duration.ofSeconds(1)));
    uses.put("all of a list", (ctx, future) -> ctx.all(List.of(future)));
    uses.put("all", (ctx, future) -> ctx.all(future, future));
    uses.put("allSettled", (ctx, future) -> ctx.allSettled(List.of(future)));
    uses.put("any", (ctx, future) -> ctx.any(List.of(future)));
    uses.put("anyIndex", (ctx, future) -> ctx.anyIndex(future));
    uses.put("race", (ctx, future) -> ctx.race(List.of(future)));
    uses.put("raceIndex", (ctx, future) -> ctx.raceIndex(future));
    uses.put("now", (ctx, future) -> ctx.now());
    uses.put("newUuid", (ctx, future) -> ctx.newUuid());
    uses.put("random", (ctx, future) -> ctx.random());
    uses.put("isReplaying", (ctx, future) -> ctx.isReplaying());
    uses.put("logger", (ctx, future) -> ctx.logger());
    uses.put("await", (ctx, future) -> future.await());
    uses.put("isDone", (ctx, future) -> future.isDone());
    uses.put("cancel", (ctx, future) -> future.cancel());
    return uses;
  }

  static Stream<String> names() {
    return USES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldRefuseOnceTheTurnIsOver(String name) {
    List<Runnable> leaked = new ArrayList<>();
    Scene.of(
            (ctx, input) -> {
              DurableFuture<String> future = ctx.call(A, "1");
              leaked.add(() -> USES.get(name).of(ctx, future));
              return "over";
            })
        .turn(started("x"));

    assertThatThrownBy(() -> leaked.get(0).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("turnOver=true");
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldRefuseToAnotherThread(String name) {
    List<Throwable> thrown = new ArrayList<>();
    Scene.of(
            (ctx, input) -> {
              DurableFuture<String> future = ctx.call(A, "1");
              Thread other = new Thread(() -> USES.get(name).of(ctx, future));
              other.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
              other.start();
              other.join();
              return "over";
            })
        .turn(started("x"));

    assertThat(thrown).hasSize(1);
    assertThat(thrown.get(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("turnOver=false");
  }
}
