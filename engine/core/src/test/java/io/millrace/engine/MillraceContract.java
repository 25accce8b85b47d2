package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine does, wherever it keeps things. */
@Timeout(120)
abstract class MillraceContract {

  static final Duration SOON = Duration.ofSeconds(40);
  static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  static final Activity<String, String> STEP = Activity.named("step", String.class, String.class);

  /** Returns a builder for a fresh place. */
  abstract MillraceBuilder builder();

  @Test
  void shouldGiveTheResultWhenAnActivityAnswers() {
    try (Millrace millrace =
        builder()
            .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await() + "!")
            .activity(STEP, name -> "hello " + name)
            .open()) {
      InstanceHandle<String> handle = millrace.start(FLOW, "one", "you");
      assertThat(handle.created()).isTrue();
      assertThat(handle.result(SOON)).isEqualTo("hello you!");
      assertThat(handle.info().status()).isEqualTo(InstanceStatus.COMPLETED);
      assertThat(millrace.list(Long.MAX_VALUE, 10)).hasSize(1);
      assertThat(millrace.statistics().completed()).isEqualTo(1);
    }
  }

  @Test
  void shouldFinishAllWhenManyFanOut() throws Exception {
    try (Millrace millrace =
        builder()
            .orchestration(FLOW, MillraceContract::fanOut)
            .activity(STEP, name -> name)
            .open()) {
      List<CompletableFuture<String>> results = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        results.add(
            millrace.startAsync(FLOW, "f" + i, "x").thenCompose(InstanceHandle::resultAsync));
      }
      for (CompletableFuture<String> result : results) {
        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo("x0x1x2x3x4");
      }
      assertThat(millrace.statistics().activitiesCompleted()).isEqualTo(2_500);
      assertThat(millrace.statistics().turns()).as("no turn without need (R22)").isEqualTo(1_000);
    }
  }

  private static String fanOut(OrchestrationContext ctx, String name) {
    List<DurableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(ctx.call(STEP, name + i));
    }
    return String.join("", ctx.all(calls).await());
  }

  @Test
  void c1b_shouldReturnTheInstanceWhenStartedTwice() {
    try (Millrace millrace = echo().open()) {
      millrace.start(FLOW, "one", "a").result(SOON);
      InstanceHandle<String> again = millrace.start(FLOW, "one", "b");
      assertThat(again.created()).isFalse();
      assertThat(again.result(SOON)).isEqualTo("a");
      assertThatThrownBy(
              () ->
                  millrace.start(
                      FLOW, "one", "c", StartOptions.DEFAULTS.withIfExists(IfExists.REFUSE)))
          .isInstanceOf(CommandRefusedException.class)
          .hasMessageContaining("id=one");
    }
  }

  @Test
  void c11b_shouldNotFireEarlyWhenTheClockStands() throws Exception {
    ManualTime time = new ManualTime();
    CountDownLatch slept = new CountDownLatch(1);
    try (Millrace millrace =
        builder()
            .time(time)
            .orchestration(
                FLOW,
                (ctx, name) -> {
                  ctx.sleep(Duration.ofMillis(500)).await();
                  slept.countDown();
                  return name;
                })
            .open()) {
      InstanceHandle<String> handle = millrace.start(FLOW, "one", "a");
      EveryStore.eventually(() -> handle.info().turns() > 0 ? true : null);
      time.advance(499);
      assertThatThrownBy(() -> handle.result(Duration.ofMillis(50)))
          .isInstanceOf(ResultTimeoutException.class)
          .hasMessageContaining("id=one")
          .hasMessageContaining("status=RUNNING");
      assertThat(slept.getCount()).isEqualTo(1);
      time.advance(1);
      assertThat(handle.result(SOON)).isEqualTo("a");
    }
  }

  @Test
  void c50e_shouldDeliverAnEventWhenItIsRaised() {
    try (Millrace millrace =
        builder()
            .orchestration(
                FLOW,
                (ctx, name) ->
                    ctx.waitFor(Event.named("first", String.class)).await()
                        + ctx.waitFor(Event.named("second", String.class)).await())
            .open()) {
      InstanceHandle<String> handle = millrace.start(FLOW, "one", "a");
      millrace.raise("one", Event.named("second", String.class), "2");
      handle.raise(Event.named("first", String.class), "1");
      assertThat(handle.result(SOON)).isEqualTo("12");
    }
  }

  @Test
  void c16g_shouldTellTheRunningActivityWhenCancelled() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    try (Millrace millrace =
        builder()
            .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
            .activityWithContext(
                STEP,
                (activity, name) -> {
                  activity.onCancel(told::countDown);
                  running.countDown();
                  told.await();
                  return "told";
                })
            .open()) {
      InstanceHandle<String> handle = millrace.start(FLOW, "one", "a");
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
      handle.cancel("no more");
      handle.cancel("no more");
      assertThat(handle.outcome(SOON)).isEqualTo(new Outcome.Cancelled<String>("no more"));
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> handle.result(SOON))
          .isInstanceOf(OrchestrationFailedException.class)
          .hasMessageContaining("no more");
    }
  }

  @Test
  void c16i_shouldEndAtOnceWhenTerminated() {
    try (Millrace millrace =
        builder()
            .orchestration(
                FLOW, (ctx, name) -> ctx.waitFor(Event.named("never", String.class)).await())
            .open()) {
      InstanceHandle<String> handle = millrace.start(FLOW, "one", "a");
      handle.terminate("enough");
      assertThat(handle.outcome(SOON)).isEqualTo(new Outcome.Terminated<String>("enough"));
      handle.terminate("again");
      handle.cancel("too late");
      assertThatThrownBy(() -> handle.raise(Event.named("never", String.class), "x"))
          .isInstanceOf(CommandRefusedException.class)
          .hasMessageContaining("ended");
    }
  }

  @Test
  void c22b_shouldRecordTypeAndMessageWhenAnActivityThrows() {
    try (Millrace millrace =
        builder()
            .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
            .activity(
                STEP,
                name -> {
                  throw new IOException("no route to " + name);
                })
            .open()) {
      Outcome<String> outcome = millrace.start(FLOW, "one", "shop").outcome(SOON);
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.failure())
                      .isInstanceOfSatisfying(
                          Failure.ApplicationFailure.class,
                          failure -> {
                            assertThat(failure.type()).isEqualTo("java.io.IOException");
                            assertThat(failure.message()).isEqualTo("no route to shop");
                          }));
    }
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void shouldSayItWhenAnActivityReturnsTheWrongType() {
    Activity wrong = STEP;
    ActivityFunction number = name -> 17;
    try (Millrace millrace =
        builder()
            .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
            .activity(wrong, number)
            .open()) {
      assertThatThrownBy(() -> millrace.start(FLOW, "one", "a").result(SOON))
          .isInstanceOf(OrchestrationFailedException.class)
          .hasMessageContaining("activity=step")
          .hasMessageContaining("result cannot be recorded");
    }
  }

  @Test
  void r23_shouldRefuseABlockingCallWhenInsideATurn() {
    AtomicReference<Millrace> engine = new AtomicReference<>();
    try (Millrace millrace =
        builder()
            .orchestration(
                FLOW,
                (ctx, name) -> {
                  Millrace inside = Objects.requireNonNull(engine.get());
                  try {
                    return "blocked" + inside.start(FLOW, "two", "b");
                  } catch (IllegalStateException e) {
                    return String.valueOf(e.getMessage());
                  }
                })
            .open()) {
      engine.set(millrace);
      assertThat(millrace.start(FLOW, "one", "a").result(SOON)).contains("start", "block");
    }
  }

  @Test
  void r23_shouldRefuseABlockingCallWhenInsideAContinuation() {
    try (Millrace millrace = echo().open()) {
      CompletableFuture<String> message =
          millrace
              .startAsync(FLOW, "one", "a")
              .thenApply(
                  handle -> {
                    try {
                      return handle.result(SOON);
                    } catch (IllegalStateException e) {
                      return String.valueOf(e.getMessage());
                    }
                  });
      assertThat(message.join())
          .satisfiesAnyOf(
              text -> assertThat(text).contains("continuation"),
              // The start was done before the continuation was chained: it ran here.
              text -> assertThat(text).isEqualTo("a"));
    }
  }

  @Test
  void c51f_shouldRefuseToCloseWhenInsideAnActivity() {
    AtomicReference<Millrace> engine = new AtomicReference<>();
    try (Millrace millrace =
        builder()
            .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
            .activity(
                STEP,
                name -> {
                  try {
                    Objects.requireNonNull(engine.get()).close();
                    return "closed";
                  } catch (IllegalStateException e) {
                    return String.valueOf(e.getMessage());
                  }
                })
            .open()) {
      engine.set(millrace);
      assertThat(millrace.start(FLOW, "one", "a").result(SOON)).contains("inside an activity");
    }
  }

  @Test
  void c51g_shouldFailWaitersAndRefuseLaterCallsWhenClosed() {
    Millrace millrace =
        builder()
            .orchestration(
                FLOW, (ctx, name) -> ctx.waitFor(Event.named("never", String.class)).await())
            .open();
    InstanceHandle<String> handle = millrace.start(FLOW, "one", "a");
    CompletableFuture<String> pending = handle.resultAsync();
    millrace.close();
    millrace.close();
    assertThatThrownBy(pending::join)
        .hasCauseInstanceOf(EngineClosedException.class)
        .hasMessageContaining("durable");
    assertThatThrownBy(() -> millrace.start(FLOW, "two", "b"))
        .isInstanceOf(EngineClosedException.class);
    assertThatThrownBy(() -> handle.result(SOON)).isInstanceOf(EngineClosedException.class);
    assertThatThrownBy(() -> millrace.info("one")).isInstanceOf(EngineClosedException.class);
  }

  @Test
  void c51b_shouldInterruptActivitiesWhenTheGraceIsOver() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Millrace millrace =
        builder()
            .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
            .activity(
                STEP,
                name -> {
                  running.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } finally {
                    interrupted.countDown();
                  }
                  return name;
                })
            .open();
    millrace.start(FLOW, "one", "a");
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    millrace.close(Duration.ZERO);
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void c7d_shouldNotStarveWhenAnotherPoolIsBlocked() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Activity<String, String> slow =
        Activity.named("slow", String.class, String.class).withTag("slow");
    Orchestration<String, String> slowFlow =
        Orchestration.named("slow-flow", String.class, String.class);
    try (Millrace millrace =
        builder()
            .pool("slow", 1)
            .orchestration(slowFlow, (ctx, name) -> ctx.call(slow, name).await())
            .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
            .activity(
                slow,
                name -> {
                  release.await();
                  return Thread.currentThread().getName();
                })
            .activity(STEP, name -> name)
            .open()) {
      List<InstanceHandle<String>> blocked = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        blocked.add(millrace.start(slowFlow, "slow" + i, "a"));
      }
      assertThat(millrace.start(FLOW, "fast", "b").result(SOON)).isEqualTo("b");
      release.countDown();
      for (InstanceHandle<String> handle : blocked) {
        assertThat(handle.result(SOON)).isEqualTo("millrace-activity-slow-1");
      }
    }
  }

  @Test
  void shouldRefuseBadInputWithAMessage() {
    Orchestration<String, String> other = Orchestration.named("other", String.class, String.class);
    try (Millrace millrace =
        echo().limits(EngineLimits.defaults().withPayloadBytesMax(1_000)).open()) {
      assertThatThrownBy(() -> millrace.start(other, "one", "a"))
          .isInstanceOf(CommandRefusedException.class)
          .hasMessageContaining("other@1")
          .hasMessageContaining("flow@1");
      assertThatThrownBy(() -> millrace.start(FLOW, "one", "x".repeat(2_000)))
          .hasMessageContaining("payloadBytesMax=1000");
      assertThatThrownBy(() -> millrace.start(FLOW, "", "a"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> millrace.start(FLOW, "x".repeat(257), "a"))
          .hasMessageContaining("idCharsMax=256");
      assertThatThrownBy(() -> millrace.start(FLOW, "a\nb", "a"))
          .hasMessageContaining("control characters");
      assertThatThrownBy(() -> millrace.instance(FLOW, "nobody").result(SOON))
          .isInstanceOf(CommandRefusedException.class)
          .hasMessageContaining("id=nobody");
      assertThatThrownBy(() -> millrace.raise("nobody", Event.named("go", String.class), "x"))
          .isInstanceOf(CommandRefusedException.class)
          .hasMessageContaining("id=nobody");
      assertThatThrownBy(() -> millrace.close(Duration.ofSeconds(-1)))
          .hasMessageContaining("grace=PT-1S");
      assertThat(millrace.info("nobody")).isEmpty();
    }
  }

  @Test
  void shouldCompleteFuturesOnTheUsersExecutorWhenThereIsOne() {
    AtomicInteger tasks = new AtomicInteger();
    try (Millrace millrace =
        echo()
            .callbacks(
                task -> {
                  tasks.incrementAndGet();
                  task.run();
                })
            .open()) {
      assertThat(
              millrace.startAsync(FLOW, "one", "a").thenCompose(InstanceHandle::resultAsync).join())
          .isEqualTo("a");
      assertThat(tasks.get()).isPositive();
    }
  }

  MillraceBuilder echo() {
    return builder().orchestration(FLOW, (ctx, name) -> name);
  }
}
