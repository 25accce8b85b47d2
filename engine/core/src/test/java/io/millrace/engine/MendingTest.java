package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.orchestration.InstanceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** C1, C42: instances that have ended go on, or begin anew. */
final class MendingTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);

  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final AtomicBoolean broken = new AtomicBoolean(true);

  private MillraceBuilder threeSteps(MillraceBuilder builder) {
    return builder
        .orchestration(
            FLOW,
            (ctx, name) -> {
              List<DurableFuture<String>> calls = new ArrayList<>();
              calls.add(ctx.call(STEP, name + 1));
              String first = calls.get(0).await();
              String second = ctx.call(STEP, name + 2).await();
              return first + second + ctx.waitFor(GO).await();
            })
        .activity(
            STEP,
            name -> {
              ran.add(name);
              if (name.endsWith("2") && broken.get()) {
                throw new IllegalStateException("out of order");
              }
              return name;
            });
  }

  @Test
  void c42a_shouldGoOnFromBeforeTheFailedStepWhenRewound() {
    open(this::threeSteps);
    engine().start(FLOW, "one", "a");
    assertThat(engine().instance(FLOW, "one").outcome(SOON)).isInstanceOf(Outcome.Failed.class);
    reopen();
    broken.set(false);
    engine().rewind("one");
    reopen();
    engine().raise("one", GO, "!");
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a1a2!");
    assertThat(ran).as("only the failed step again").contains("a1").containsOnlyOnce("a1");
    reopen();
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a1a2!");
    assertThatThrownBy(() -> engine().rewind("one"))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("status=COMPLETED");
  }

  @Test
  void c42a_shouldKeepWhatCameWithTheFailureWhenRewound() {
    AtomicBoolean wrong = new AtomicBoolean(true);
    open(
        builder ->
            builder.orchestration(
                FLOW,
                (ctx, name) -> {
                  String went = ctx.waitFor(GO).await();
                  if (wrong.get()) {
                    throw new IllegalStateException("a bug");
                  }
                  return name + went;
                }));
    engine().start(FLOW, "one", "a");
    engine().raise("one", GO, "!");
    assertThat(engine().instance(FLOW, "one").outcome(SOON)).isInstanceOf(Outcome.Failed.class);
    wrong.set(false);
    engine().rewind("one");
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a!");
  }

  @Test
  void c42b_c1a_shouldRunAgainWithTheSameInputWhenRestarted() {
    open(this::threeSteps);
    engine().start(FLOW, "one", "a");
    assertThat(engine().instance(FLOW, "one").outcome(SOON)).isInstanceOf(Outcome.Failed.class);
    assertThatThrownBy(() -> engine().restart("nobody"))
        .isInstanceOf(CommandRefusedException.class);
    reopen();
    broken.set(false);
    engine().restart("one");
    reopen();
    InstanceHandle<String> handle = engine().instance(FLOW, "one");
    assertThat(handle.info().execution()).isEqualTo(2);
    handle.raise(GO, "!");
    assertThat(handle.result(SOON)).isEqualTo("a1a2!");
    assertThat(ran.stream().filter("a1"::equals).count()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void c1d_shouldBeginAnewOnlyWhatHasEnded() {
    StartOptions anew = StartOptions.DEFAULTS.withIfExists(IfExists.RESTART_FINISHED);
    open(builder -> builder.orchestration(FLOW, (ctx, name) -> name + ctx.waitFor(GO).await()));
    InstanceHandle<String> first = engine().start(FLOW, "one", "a", anew);
    assertThat(first.created()).isTrue();
    assertThat(engine().start(FLOW, "one", "b", anew).created()).isFalse();
    first.raise(GO, "!");
    assertThat(first.result(SOON)).isEqualTo("a!");
    for (String name : List.of("b", "c", "d")) {
      reopen();
      InstanceHandle<String> next = engine().start(FLOW, "one", name, anew);
      assertThat(next.created()).isTrue();
      assertThat(engine().status("one")).contains(InstanceStatus.RUNNING);
      next.raise(GO, "?");
      assertThat(next.result(SOON)).isEqualTo(name + "?");
    }
    assertThat(engine().info("one").orElseThrow().execution()).isEqualTo(4);
  }
}
