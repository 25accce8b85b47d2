package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** C13, C15, C16: instances that instances start. */
final class ChildrenTest extends EveryStore {

  private static final Orchestration<String, String> CHILD =
      Orchestration.named("child", String.class, String.class);
  private static final Event<String> GO = Event.named("go", String.class);

  /** A parent that gives its child's result or failure, and a child that waits to be told. */
  private static MillraceBuilder family(MillraceBuilder builder) {
    return builder
        .orchestration(FLOW, (ctx, name) -> "parent of " + told(ctx, name))
        .orchestration(
            CHILD,
            (ctx, name) -> {
              String how = ctx.waitFor(GO).await();
              if (how.equals("fail")) {
                throw new IllegalStateException("no stock");
              }
              return name + " went " + how;
            });
  }

  private static String told(OrchestrationContext ctx, String name) {
    try {
      return ctx.callChild(CHILD, name).await();
    } catch (StepFailedException e) {
      Failure.ChildFailed failed = (Failure.ChildFailed) e.failure();
      return failed.childId()
          + ": "
          + failed.cause().getClass().getSimpleName()
          + " "
          + failed.message();
    }
  }

  private void awaitChild(String id) {
    eventually(() -> engine().info(id).filter(info -> info.turns() > 0).orElse(null));
  }

  @Test
  void c13a_c13b_c13f_shouldGetTheResultOfItsChild() {
    open(ChildrenTest::family);
    engine().start(FLOW, "p", "a");
    awaitChild("p/1.1");
    reopen();
    engine().raise("p/1.1", GO, "well");
    reopen();
    assertThat(engine().instance(FLOW, "p").result(SOON)).isEqualTo("parent of a went well");
    assertThat(engine().instance(CHILD, "p/1.1").result(SOON)).isEqualTo("a went well");
  }

  @Test
  void c13c_c13f_shouldGetTheFailureOfItsChild() {
    open(ChildrenTest::family);
    engine().start(FLOW, "p", "a");
    awaitChild("p/1.1");
    engine().pause("p");
    engine().raise("p/1.1", GO, "fail");
    assertThat(engine().instance(CHILD, "p/1.1").outcome(SOON)).isInstanceOf(Outcome.Failed.class);
    reopen();
    engine().resume("p");
    assertThat(engine().instance(FLOW, "p").result(SOON))
        .isEqualTo("parent of p/1.1: ApplicationFailure no stock");
  }

  @Test
  void c13d_c13f_shouldHearThatItsChildWasCancelledOrTerminated() {
    open(ChildrenTest::family);
    engine().start(FLOW, "p", "a");
    engine().start(FLOW, "q", "a");
    awaitChild("p/1.1");
    awaitChild("q/1.1");
    reopen();
    engine().cancel("p/1.1", "why not");
    engine().terminate("q/1.1", "enough");
    assertThat(engine().instance(FLOW, "p").result(SOON))
        .isEqualTo("parent of p/1.1: Cancelled why not");
    assertThat(engine().instance(FLOW, "q").result(SOON))
        .isEqualTo("parent of q/1.1: Cancelled enough");
  }

  @Test
  void c13e_c13f_shouldHearThatItsChildPassedALimit() {
    open(
        builder ->
            builder
                .limits(EngineLimits.defaults().withTurnActionsMax(3))
                .orchestration(FLOW, ChildrenTest::told)
                .orchestration(
                    CHILD,
                    (ctx, name) -> {
                      ctx.waitFor(GO).await();
                      for (int i = 0; i < 4; i++) {
                        ctx.waitFor(GO);
                      }
                      return ctx.waitFor(GO).await();
                    }));
    engine().start(FLOW, "p", "a");
    awaitChild("p/1.1");
    engine().pause("p");
    engine().raise("p/1.1", GO, "too far");
    assertThat(engine().instance(CHILD, "p/1.1").outcome(SOON)).isInstanceOf(Outcome.Failed.class);
    reopen();
    engine().resume("p");
    assertThat(engine().instance(FLOW, "p").result(SOON))
        .startsWith("p/1.1: LimitExceeded")
        .contains("turnActionsMax=3");
  }

  @Test
  void c13a_shouldFailTheStepWhenTheIdIsTakenAndGoOn() {
    open(
        builder ->
            builder
                .orchestration(CHILD, (ctx, name) -> name)
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      ChildOptions own = ChildOptions.DEFAULTS.withId("taken");
                      try {
                        return ctx.callChild(CHILD, name, own).await();
                      } catch (StepFailedException e) {
                        return e.failure().message();
                      }
                    }));
    engine().start(CHILD, "taken", "first").result(SOON);
    reopen();
    assertThat(engine().start(FLOW, "p", "a").result(SOON)).contains("exists", "id=taken");
    assertThat(engine().instance(CHILD, "taken").result(SOON)).isEqualTo("first");
  }

  @Test
  void c13h_shouldLetADetachedChildOutliveItsParent() {
    open(
        builder ->
            family(builder)
                .orchestration(
                    FLOW.withVersion("2"),
                    (ctx, name) -> ctx.startDetached(CHILD, name, ChildOptions.DEFAULTS)));
    String child = engine().start(FLOW.withVersion("2"), "p", "a").result(SOON);
    reopen();
    assertThat(engine().status(child)).contains(InstanceStatus.RUNNING);
    engine().raise(child, GO, "on");
    assertThat(engine().instance(CHILD, child).result(SOON)).isEqualTo("a went on");
  }

  @Test
  void c15f_c15i_c16f_shouldCancelTheChildWithItsParent() {
    open(
        builder ->
            builder
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      DurableFuture<String> child = ctx.callChild(CHILD, name);
                      if (name.equals("gives up")) {
                        ctx.waitFor(GO).await();
                        child.cancel();
                        return "gave up";
                      }
                      return name.equals("ends") ? ctx.waitFor(GO).await() : child.await();
                    })
                .orchestration(
                    CHILD, (ctx, name) -> ctx.callChild(CHILD.withVersion("2"), name).await())
                .orchestration(CHILD.withVersion("2"), (ctx, name) -> ctx.waitFor(GO).await()));
    for (String how : List.of("gives up", "ends", "cancelled", "terminated")) {
      engine().start(FLOW, how, how);
      awaitChild(how + "/1.1/1.1");
    }
    reopen();
    engine().raise("gives up", GO, "on");
    engine().raise("ends", GO, "on");
    engine().cancel("cancelled", "why not");
    engine().terminate("terminated", "enough");
    for (String how : List.of("gives up", "ends", "cancelled", "terminated")) {
      assertThat(engine().instance(CHILD, how + "/1.1").outcome(SOON))
          .as(how)
          .isInstanceOf(Outcome.Cancelled.class);
      assertThat(engine().instance(CHILD, how + "/1.1/1.1").outcome(SOON))
          .as(how)
          .isInstanceOf(Outcome.Cancelled.class);
    }
    assertThat(engine().instance(FLOW, "cancelled").outcome(SOON))
        .isEqualTo(new Outcome.Cancelled<String>("why not"));
  }

  @Test
  void c16g_c16f_shouldTellTheRunningActivityOfAChildAtOnce() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    open(
        builder ->
            builder
                .orchestration(FLOW, (ctx, name) -> ctx.callChild(CHILD, name).await())
                .orchestration(CHILD, (ctx, name) -> ctx.call(STEP, name).await())
                .activityWithContext(
                    STEP,
                    (activity, name) -> {
                      activity.onCancel(told::countDown);
                      running.countDown();
                      told.await();
                      return name;
                    }));
    engine().start(FLOW, "p", "a");
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    engine().cancel("p", "stop");
    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(engine().instance(FLOW, "p").outcome(SOON))
        .isEqualTo(new Outcome.Cancelled<String>("stop"));
  }

  @Test
  void c19b_c19c_shouldLetAChildWaitUntilItIsRegistered() {
    open(builder -> builder.orchestration(FLOW, (ctx, name) -> ctx.callChild(CHILD, name).await()));
    engine().start(FLOW, "p", "a");
    // Not by the count of those that wait: who leaves memory meanwhile is not counted any more.
    eventually(() -> engine().info("p/1.1").orElse(null));
    if (survives()) {
      reopen(
          builder ->
              builder
                  .orchestration(FLOW, (ctx, name) -> ctx.callChild(CHILD, name).await())
                  .orchestration(CHILD, (ctx, name) -> name + "!"));
      assertThat(engine().instance(FLOW, "p").result(SOON)).isEqualTo("a!");
    }
  }

  @Test
  void c13b_shouldJoinManyChildren() {
    open(
        builder ->
            builder
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      List<DurableFuture<String>> children = new ArrayList<>();
                      for (int i = 0; i < 200; i++) {
                        children.add(ctx.callChild(CHILD, name + i));
                      }
                      return String.valueOf(ctx.all(children).await().size());
                    })
                .orchestration(CHILD, (ctx, name) -> ctx.call(STEP, name).await())
                .activity(STEP, name -> name));
    assertThat(engine().start(FLOW, "p", "a").result(SOON)).isEqualTo("200");
  }
}
