package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.Event;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.StepFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine on the clock of a test. */
@Timeout(60)
class TestEngineTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);
  private static final Event<String> ANSWER = Event.named("answer", String.class);

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  private void note(Instant at, String what) {
    log.add(at + " " + what);
  }

  private String daily(OrchestrationContext ctx, String name) {
    for (int day = 0; day < 365; day++) {
      ctx.sleep(Duration.ofDays(1)).await();
    }
    return ctx.now().toString();
  }

  @Test
  void shouldPassAYearOfTimersAtOnce() {
    try (TestEngine engine = TestEngine.inMemory(b -> b.orchestration(FLOW, this::daily))) {
      InstanceHandle<String> handle = engine.start(FLOW, "one", "a");
      assertThat(engine.result(handle)).isEqualTo("2027-01-01T00:00:00Z");
      assertThat(engine.now()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
    }
  }

  @Test
  void shouldStopAtEveryMomentOnTheWay() {
    try (TestEngine engine = TestEngine.inMemory(this::stepsOnTheWay)) {
      engine.start(FLOW, "one", "a");
      engine.advance(Duration.ofHours(3));
      assertThat(log)
          .containsExactly(
              "2026-01-01T01:00:00Z hour 1",
              "2026-01-01T02:00:00Z hour 2",
              "2026-01-01T03:00:00Z hour 3");
      assertThat(engine.now()).isEqualTo(Instant.parse("2026-01-01T03:00:00Z"));
    }
  }

  private void stepsOnTheWay(MillraceBuilder builder) {
    builder
        .orchestration(
            FLOW,
            (ctx, name) -> {
              for (int hour = 1; hour < 10; hour++) {
                ctx.sleep(Duration.ofHours(1)).await();
                ctx.call(STEP, ctx.now() + " hour " + hour).await();
              }
              return name;
            })
        .activity(STEP, text -> log.add(text) ? text : "");
  }

  @Test
  void shouldLetTheClockStandUntilItIsTurned() {
    try (TestEngine engine =
        TestEngine.inMemory(
            b ->
                b.orchestration(
                    FLOW, (ctx, name) -> ctx.waitFor(ANSWER, Duration.ofHours(1)).await()))) {
      InstanceHandle<String> handle = engine.start(FLOW, "one", "a");
      engine.settle();
      engine.advance(Duration.ofMinutes(59));
      handle.raise(ANSWER, "in time");
      assertThat(engine.result(handle)).isEqualTo("in time");
      assertThat(engine.now()).isEqualTo(Instant.parse("2026-01-01T00:59:00Z"));
    }
  }

  @Test
  void shouldSayThatNothingIsLeftWhenNobodyCanEndIt() {
    try (TestEngine engine =
        TestEngine.inMemory(
            b -> b.orchestration(FLOW, (ctx, name) -> ctx.waitFor(ANSWER).await()))) {
      InstanceHandle<String> handle = engine.start(FLOW, "one", "a");
      assertThatThrownBy(() -> engine.result(handle))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("nothing is left")
          .hasMessageContaining("one");
    }
  }

  @Test
  void shouldSayThatItGoesOnForEverWhenItDoes() {
    TestOptions options = TestOptions.DEFAULTS.withSkipsMax(20);
    try (TestEngine engine =
        TestEngine.inMemory(options, b -> b.orchestration(FLOW, this::daily))) {
      InstanceHandle<String> handle = engine.start(FLOW, "one", "a");
      assertThatThrownBy(() -> engine.result(handle)).hasMessageContaining("skipsMax=20");
    }
  }

  @Test
  void shouldLetAnActivityTakeTimeOfTheClock() {
    ActivityScript<String, String> slow =
        ActivityScript.<String, String>first().takes(Duration.ofHours(5)).returns("slow");
    try (TestEngine engine =
        TestEngine.inMemory(
            b ->
                b.orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await() + ctx.now())
                    .activityWithContext(STEP, slow))) {
      assertThat(engine.result(engine.start(FLOW, "one", "a")))
          .isEqualTo("slow2026-01-01T05:00:00Z");
      assertThat(slow.calls()).hasSize(1);
      assertThat(slow.calls().get(0).at()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }
  }

  @Test
  void shouldFailAsTheScriptSays() {
    ActivityScript<String, String> flaky =
        ActivityScript.<String, String>first().fails(new IOException("no route"), 2).returns("ok");
    try (TestEngine engine =
        TestEngine.inMemory(
            b -> b.orchestration(FLOW, this::untilItWorks).activityWithContext(STEP, flaky))) {
      assertThat(engine.result(engine.start(FLOW, "one", "a"))).isEqualTo("ok after 2");
      assertThat(engine.now()).isEqualTo(Instant.parse("2026-01-01T02:00:00Z"));
      assertThat(flaky.calls()).extracting(ActivityScript.Call::input).containsOnly("a");
    }
  }

  private String untilItWorks(OrchestrationContext ctx, String name) {
    for (int failures = 0; ; failures++) {
      try {
        return ctx.call(STEP, name).await() + " after " + failures;
      } catch (StepFailedException e) {
        ctx.sleep(Duration.ofHours(1)).await();
      }
    }
  }

  @Test
  void shouldEndAHangingActivityWhenItIsCancelled() {
    ActivityScript<String, String> hanging = ActivityScript.<String, String>first().hangs();
    try (TestEngine engine =
        TestEngine.inMemory(
            b ->
                b.orchestration(
                        FLOW,
                        (ctx, name) -> {
                          DurableFuture<String> call = ctx.call(STEP, name);
                          ctx.sleep(Duration.ofDays(2)).await();
                          call.cancel();
                          return "gave up";
                        })
                    .activityWithContext(STEP, hanging))) {
      assertThat(engine.result(engine.start(FLOW, "one", "a"))).isEqualTo("gave up");
      engine.settle();
    }
  }

  @Test
  void shouldFireWhatWasDueWhileClosedWhenReopened(@TempDir Path directory) {
    try (TestEngine engine =
        TestEngine.onDirectory(directory, b -> b.orchestration(FLOW, this::daily))) {
      engine.start(FLOW, "one", "a");
      engine.advance(Duration.ofDays(100));
      engine.reopen();
      engine.advance(Duration.ofDays(100));
      engine.reopen();
      InstanceHandle<String> handle = engine.millrace().instance(FLOW, "one");
      assertThat(engine.result(handle)).isEqualTo("2027-01-01T00:00:00Z");
    }
  }

  @Test
  void shouldRunAHangingActivityAgainWhenReopened(@TempDir Path directory) {
    ActivityScript<String, String> script =
        ActivityScript.<String, String>first().hangs().returns("done");
    try (TestEngine engine =
        TestEngine.onDirectory(
            directory,
            b ->
                b.orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
                    .activityWithContext(STEP, script))) {
      engine.start(FLOW, "one", "a");
      engine.settle();
      engine.reopen();
      InstanceHandle<String> handle = engine.millrace().instance(FLOW, "one");
      assertThat(engine.result(handle)).isEqualTo("done");
      assertThat(script.calls())
          .extracting(ActivityScript.Call::idempotencyKey)
          .hasSize(2)
          .containsOnly(script.calls().get(0).idempotencyKey());
    }
  }

  @Test
  void shouldRefuseToReopenWhenNothingIsKept() {
    try (TestEngine engine = TestEngine.inMemory(b -> b.orchestration(FLOW, this::daily))) {
      assertThatThrownBy(engine::reopen).hasMessageContaining("onDirectory");
    }
  }

  @Test
  void shouldSayWhatIsBusyWhenAnActivityBlocksTheClock() throws Exception {
    TestOptions options = TestOptions.DEFAULTS.withPatience(Duration.ofMillis(50));
    Object forever = new Object();
    CountDownLatch blocks = new CountDownLatch(1);
    try (TestEngine engine =
        TestEngine.inMemory(
            options,
            b ->
                b.orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
                    .activity(STEP, name -> blocked(forever, blocks)))) {
      engine.start(FLOW, "one", "a");
      blocks.await(); // on a busy machine the turn before it may outlast the patience
      assertThatThrownBy(engine::settle)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("ACTIVITY RUNNING")
          .hasMessageContaining("TestEngineTest.blocked");
    }
  }

  private static String blocked(Object forever, CountDownLatch blocks) throws InterruptedException {
    blocks.countDown();
    synchronized (forever) {
      while (true) {
        forever.wait();
      }
    }
  }

  /** Twenty instances, two pools, timers at the same moments: the same order at every run. */
  @Test
  void shouldGiveTheSameOrderAtEveryRun() {
    List<String> first = crowd();
    for (int run = 0; run < 10; run++) {
      log.clear();
      assertThat(crowd()).isEqualTo(first);
    }
    assertThat(first).hasSize(20 * 6);
  }

  private List<String> crowd() {
    Activity<String, String> other =
        Activity.named("other", String.class, String.class).withTag("other");
    try (TestEngine engine =
        TestEngine.inMemory(
            b ->
                b.orchestrationWorkers(3)
                    .activityWorkers(3)
                    .pool("other", 2)
                    .orchestration(
                        FLOW,
                        (ctx, name) -> {
                          for (int i = 0; i < 3; i++) {
                            var a = ctx.call(STEP, name + " step " + i);
                            var z = ctx.call(other, name + " other " + i);
                            ctx.anyIndex(a, z).await();
                            ctx.sleep(Duration.ofHours(1)).await();
                          }
                          return name;
                        })
                    .activity(STEP, this::noted)
                    .activity(other, this::noted))) {
      List<InstanceHandle<String>> handles = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        handles.add(engine.start(FLOW, "i" + i, "i" + i));
        engine.settle();
      }
      for (InstanceHandle<String> handle : handles) {
        engine.result(handle);
        note(engine.now(), handle.id());
      }
      log.removeIf(line -> line.startsWith("2026"));
      return List.copyOf(log);
    }
  }

  private String noted(String text) {
    log.add(text);
    return text;
  }
}
