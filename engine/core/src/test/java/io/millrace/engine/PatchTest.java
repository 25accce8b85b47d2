package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.InstanceStatus;
import org.junit.jupiter.api.Test;

/** C18d: code that changes under instances that live. */
final class PatchTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);

  /** The code as it stands today. */
  private volatile OrchestrationFunction<String, String> today = // written by: the test
      (ctx, name) -> ctx.call(STEP, name).await() + ctx.waitFor(GO).await();

  private void openToday() {
    open(
        builder ->
            builder
                .orchestration(FLOW, (ctx, name) -> today.run(ctx, name))
                .activity(STEP, name -> name));
  }

  private void startAndWait(String id) {
    engine().start(FLOW, id, id);
    eventually(() -> engine().info(id).filter(info -> info.turns() > 1).orElse(null));
  }

  private String finish(String id) {
    engine().raise(id, GO, "!");
    return engine().instance(FLOW, id).result(SOON);
  }

  @Test
  void c18d_shouldKeepEachInstanceOnTheCodeThatItPassed() {
    openToday();
    startAndWait("old");
    startAndWait("older");

    today =
        (ctx, name) -> {
          String step = ctx.version("twice", 0, 1) == 0 ? name : ctx.call(STEP, "x").await();
          return step + ctx.call(STEP, name).await() + ctx.waitFor(GO).await();
        };
    reopen();
    startAndWait("new");
    assertThat(finish("old")).as("passed before the change").isEqualTo("oldold!");
    reopen();

    // Nobody is to be left who passed before the change; one is.
    today =
        (ctx, name) -> {
          int version = ctx.version("twice", 1, 2);
          String step = ctx.call(STEP, version == 1 ? "x" : "y").await();
          return step + ctx.call(STEP, name).await() + ctx.waitFor(GO).await();
        };
    reopen();
    startAndWait("newest");
    assertThat(finish("new")).isEqualTo("xnew!");
    assertThat(finish("newest")).isEqualTo("ynewest!");
    engine().raise("older", GO, "!");
    InstanceInfo aside =
        eventually(
            () ->
                engine()
                    .info("older")
                    .filter(info -> info.status() == InstanceStatus.QUARANTINED)
                    .orElse(null));
    assertThat(String.valueOf(aside.failure()))
        .contains("nondeterminism")
        .contains("PatchTest.java:");
  }
}
