package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** C16: an instance is asked to stop. */
final class CancellingTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private static final Event<String> LAST = Event.named("last", String.class);

  private void start(OrchestrationFunction<String, String> code) {
    open(builder -> builder.orchestration(FLOW, code));
    engine().start(FLOW, "flow", "a");
    waits(1);
  }

  private void waits(int turns) {
    eventually(() -> engine().info("flow").filter(info -> info.turns() >= turns).orElse(null));
  }

  private Outcome<String> outcome() {
    return engine().instance(FLOW, "flow").outcome(SOON);
  }

  @Test
  void c16a_c16d_shouldEndAsCancelledHoweverOftenItIsAsked() {
    start((ctx, name) -> ctx.waitFor(GO).await());
    engine().pause("flow");
    engine().cancel("flow", "first");
    reopen();
    engine().cancel("flow", "second");
    engine().resume("flow");
    assertThat(outcome()).isEqualTo(new Outcome.Cancelled<String>("first"));
    engine().cancel("flow", "third");
    reopen();
    assertThat(outcome()).isEqualTo(new Outcome.Cancelled<String>("first"));
  }

  @Test
  void c16a_c16d_shouldGoOnWhenItsCodeSaysSoAndHearOfItOnce() {
    start(
        (ctx, name) -> {
          try {
            return ctx.waitFor(GO).await();
          } catch (OrchestrationCancelledException e) {
            return e.reason() + ", then " + ctx.waitFor(LAST).await() + ctx.waitFor(LAST).await();
          }
        });
    engine().cancel("flow", "why not");
    waits(2);
    reopen();
    engine().cancel("flow", "again");
    engine().raise("flow", LAST, "1");
    reopen();
    engine().raise("flow", LAST, "2");
    assertThat(outcome()).isEqualTo(new Outcome.Completed<>("why not, then 12"));
  }

  @Test
  void c16b_c16e_shouldWinOverWhatCameWithItAndLoseNothing() {
    start(
        (ctx, name) -> {
          DurableFuture<String> wait = ctx.waitFor(GO);
          try {
            return wait.await();
          } catch (OrchestrationCancelledException e) {
            return "cancelled, though there was " + wait.await() + ctx.waitFor(LAST).await();
          }
        });
    engine().pause("flow");
    engine().raise("flow", GO, "x");
    engine().cancel("flow", "why not");
    reopen();
    engine().resume("flow");
    waits(2);
    reopen();
    engine().raise("flow", LAST, "!");
    assertThat(outcome()).isEqualTo(new Outcome.Completed<>("cancelled, though there was x!"));
  }
}
