package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.JournalKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** C6, C7, C15: what an activity knows, where it runs, and that it hears when nobody wants it. */
final class ActivityContextTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);

  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Test
  void c6a_c6d_shouldKnowItsCallAndGiveItOneKeyOverAllAttempts() {
    ManualTime time = new ManualTime();
    CallOptions twice =
        CallOptions.DEFAULTS.withRetry(
            RetryPolicy.attempts(2).withFirstDelay(Duration.ofSeconds(10)).withFactor(1));
    List<String> keys = new CopyOnWriteArrayList<>();
    open(
        builder ->
            builder
                .time(time)
                .orchestration(
                    FLOW,
                    (ctx, name) ->
                        ctx.call(STEP, name, twice).await() + ctx.call(STEP, "other").await())
                .activityWithContext(
                    STEP,
                    (activity, name) -> {
                      keys.add(activity.idempotencyKey());
                      seen.add(
                          String.join(
                              " ",
                              activity.instanceId(),
                              activity.activityName(),
                              "execution=" + activity.execution(),
                              "attempt=" + activity.attempt()));
                      if (keys.size() == 1) {
                        throw new IOException("no route");
                      }
                      return name;
                    }));
    engine().start(FLOW, "one", "a");
    eventually(() -> engine().statistics().activitiesRetried() == 1 ? true : null);
    settle();
    reopen();
    time.advance(10_000);
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("aother");
    assertThat(seen)
        .containsExactly(
            "one step execution=1 attempt=1",
            "one step execution=1 attempt=2",
            "one step execution=1 attempt=1");
    assertThat(keys.get(1)).as("the same over attempts and restarts").isEqualTo(keys.get(0));
    assertThat(keys.get(2)).as("of no other call").isNotEqualTo(keys.get(0));
    engine().instances().delete("one", false);
    engine().start(FLOW, "one", "a").result(SOON);
    assertThat(keys.subList(3, 5)).as("nor of the id's next instance").doesNotContain(keys.get(0));
  }

  @Test
  void c6d_shouldGiveACallOfAnotherDataDirectoryAnotherKey() {
    List<String> keys = new CopyOnWriteArrayList<>();
    for (Path directory : List.of(folder.resolve("here"), folder.resolve("there"))) {
      try (Millrace other =
          (survives()
                  ? Millrace.builder(directory).journal(JournalKind.FILES)
                  : Millrace.inMemory())
              .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
              .activityWithContext(
                  STEP,
                  (activity, name) -> {
                    keys.add(activity.idempotencyKey());
                    return name;
                  })
              .open()) {
        other.start(FLOW, "one", "a").result(SOON);
      }
    }
    assertThat(keys).as("both the first call of the same id").hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void c7b_shouldStartNoMoreASecondThanItsRate() {
    ManualTime time = new ManualTime();
    Activity<String, String> rated = STEP.withTag("rated");
    open(
        builder ->
            builder
                .time(time)
                .pool("rated", PoolOptions.size(4).withRatePerSecond(1))
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      List<DurableFuture<String>> calls = new ArrayList<>();
                      for (int i = 0; i < 4; i++) {
                        calls.add(ctx.call(rated, name + i));
                      }
                      return String.join(",", ctx.all(calls).await());
                    })
                .activity(
                    rated,
                    name -> {
                      seen.add(name + " at " + time.nowMillis());
                      return name;
                    }));
    long began = time.nowMillis();
    engine().start(FLOW, "one", "a");
    for (int second = 1; second <= 4; second++) {
      int started = second;
      eventually(() -> seen.size() >= started ? true : null);
      assertThat(seen).as("in second " + second).hasSize(second);
      time.advance(1_000);
    }
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a0,a1,a2,a3");
    assertThat(seen)
        .containsExactly(
            "a0 at " + began,
            "a1 at " + (began + 1_000),
            "a2 at " + (began + 2_000),
            "a3 at " + (began + 3_000));
  }

  @Test
  void c7a_c7c_shouldRunInItsPoolSoManyAtOnceFirstInFirstOut() throws Exception {
    Activity<String, String> narrow = STEP.withTag("narrow");
    Activity<String, String> wide =
        Activity.named("wide", String.class, String.class).withTag("wide");
    AtomicInteger atOnce = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    List<Integer> narrowly = new CopyOnWriteArrayList<>();
    open(
        builder ->
            builder
                .pool("narrow", 1)
                .pool("wide", 3)
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      List<DurableFuture<String>> calls = new ArrayList<>();
                      for (int i = 0; i < 20; i++) {
                        calls.add(ctx.call(narrow, "n" + i));
                      }
                      for (int i = 0; i < 3; i++) {
                        calls.add(ctx.call(wide, "w" + i));
                      }
                      ctx.all(calls).await();
                      return name;
                    })
                .activity(
                    narrow,
                    name -> {
                      narrowly.add(atOnce.incrementAndGet());
                      seen.add(name + " " + Thread.currentThread().getName());
                      atOnce.decrementAndGet();
                      return name;
                    })
                .activity(
                    wide,
                    name -> {
                      three.countDown();
                      return name + three.await(20, TimeUnit.SECONDS);
                    }));
    assertThat(engine().start(FLOW, "one", "a").result(SOON)).isEqualTo("a");
    assertThat(three.getCount()).as("three at once").isZero();
    assertThat(narrowly).as("one at a time").containsOnly(1);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      expected.add("n" + i + " millrace-activity-narrow-1");
    }
    assertThat(seen).containsExactlyElementsOf(expected);
  }

  @Test
  void c15e_c15g_shouldTellTheActivityAndDropTheTimerThatAreGivenUp() throws Exception {
    ManualTime time = new ManualTime();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    open(
        builder ->
            builder
                .time(time)
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      DurableFuture<String> call = ctx.call(STEP, name);
                      DurableFuture<Void> nap = ctx.sleep(Duration.ofSeconds(5));
                      String first = ctx.waitFor(GO).await();
                      call.cancel();
                      nap.cancel();
                      return first + ctx.waitFor(GO).await();
                    })
                .activityWithContext(
                    STEP,
                    (activity, name) -> {
                      activity.onCancel(told::countDown);
                      running.countDown();
                      try {
                        told.await();
                        return "late " + activity.isCancelled();
                      } finally {
                        over.countDown();
                      }
                    }));
    engine().start(FLOW, "one", "a");
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    engine().raise("one", GO, "1");
    assertThat(told.await(20, TimeUnit.SECONDS)).as("told at once").isTrue();
    assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    eventually(() -> engine().info("one").filter(info -> info.turns() == 2).orElse(null));
    reopen();
    time.advance(60_000);
    engine().raise("one", GO, "2");
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("12");
    assertThat(engine().instances().history("one", 1, 1, 100))
        .as("neither of the two came back")
        .hasSize(3)
        .noneMatch(turn -> turn.toString().contains("TimerFired"))
        .noneMatch(turn -> turn.toString().contains("ActivityCompleted"));
  }
}
