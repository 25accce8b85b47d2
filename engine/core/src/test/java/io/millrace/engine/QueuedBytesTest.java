package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.metrics.Metric;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Activities are queued by the hundred, and most keep but their number in memory (rule R26). */
final class QueuedBytesTest extends EveryStore {

  private static final int INSTANCES = 40;
  private static final int INPUT_CHARS = 4_000;
  private static final long BUDGET = 20_000;

  /** The store is not hurried for less; and what ran when the process died keeps its input. */
  private static final long HELD_MAX = BUDGET + BUDGET / 4;

  private static final Orchestration<String, String> TICK =
      Orchestration.named("tick", String.class, String.class);
  private static final Event<String> GO = Event.named("go", String.class);
  private static final CallOptions LIMITED =
      CallOptions.DEFAULTS.withScheduleToClose(Duration.ofMinutes(1));

  private final ManualTime time = new ManualTime();
  private final CountDownLatch gate = new CountDownLatch(1);
  private int ticks;
  private final CountDownLatch entered = new CountDownLatch(1);
  private final ConcurrentHashMap<String, AtomicInteger> runs = new ConcurrentHashMap<>();

  private MillraceBuilder oneWorker(MillraceBuilder builder) {
    return builder
        .time(time)
        .queuedBytesMax(BUDGET)
        .activityWorkers(PoolOptions.size(1))
        .orchestration(FLOW, QueuedBytesTest::flow)
        .orchestration(TICK, (ctx, name) -> name)
        .activity(STEP, this::behindTheGate);
  }

  private static String flow(OrchestrationContext ctx, String name) {
    CallOptions options = name.equals("late") ? LIMITED : CallOptions.DEFAULTS;
    DurableFuture<String> step = ctx.call(STEP, large(name), options);
    return (name.equals("told") ? ctx.waitFor(GO).await() : "") + step.await();
  }

  private static String large(String name) {
    return name + " ".repeat(INPUT_CHARS);
  }

  /** The one worker stays in the first activity until the test opens the gate. */
  private String behindTheGate(String input) throws InterruptedException {
    entered.countDown();
    gate.await();
    String name = input.strip();
    assertThat(input).isEqualTo(large(name));
    runs.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
    return name + "!";
  }

  private long figure(Metric metric) {
    return engine().metrics().value(metric);
  }

  /** Each look is a batch, after which what the store has by then goes. */
  private void awaitShed(int histories) {
    eventually(
        () -> {
          engine().start(TICK, "tick" + ticks++, "");
          boolean gone = figure(EngineMetrics.HISTORIES_SHED) >= histories;
          boolean within = figure(EngineMetrics.WAITING_BYTES) <= HELD_MAX;
          if (!gone) {
            return null;
          }
          return within ? true : null;
        });
  }

  @Test
  void r26_shouldRunEachOnceWithItsInputThoughOnlyItsNumberIsInMemory() {
    open(this::oneWorker);
    for (int i = 0; i < INSTANCES; i++) {
      engine().start(FLOW, "i" + i, "a" + i);
    }
    awaitShed(INSTANCES / 2);
    settle();
    reopen();
    if (survives()) {
      // In memory nothing was loaded, and the last of them may still be on its way to its queue.
      assertThat(figure(EngineMetrics.WAITING_BYTES)).isLessThanOrEqualTo(HELD_MAX);
    }
    gate.countDown();
    for (int i = 0; i < INSTANCES; i++) {
      assertThat(engine().instance(FLOW, "i" + i).result(SOON)).isEqualTo("a" + i + "!");
    }
    assertThat(runs).hasSize(INSTANCES);
    assertThat(runs.values()).as("each once").allMatch(count -> count.get() == 1);
    assertThat(figure(EngineMetrics.INPUTS_READ)).isGreaterThanOrEqualTo(INSTANCES / 2);
    assertThat(figure(EngineMetrics.HISTORIES_READ)).isGreaterThanOrEqualTo(INSTANCES / 2);
    eventually(() -> figure(EngineMetrics.WAITING_BYTES) == 0 ? true : null);
  }

  @Test
  void r26_shouldCancelEndTimeOutAndHearWhatIsNotInMemory() throws Exception {
    open(builder -> oneWorker(builder).queuedBytesMax(0));
    engine().start(FLOW, "first", "first");
    entered.await();
    List<String> names = List.of("cancelled", "terminated", "late", "told", "plain", "paused");
    for (String name : names) {
      engine().start(FLOW, name, name);
    }
    awaitShed(1 + names.size());
    engine().cancel("cancelled", "enough");
    engine().terminate("terminated", "now");
    engine().raise("told", GO, "heard ");
    engine().pause("paused");
    eventually(() -> engine().info("told").filter(info -> info.turns() == 2).orElse(null));
    time.advance(61_000);
    assertThat(engine().instance(FLOW, "cancelled").outcome(SOON))
        .isEqualTo(new Outcome.Cancelled<String>("enough"));
    assertThat(engine().instance(FLOW, "terminated").outcome(SOON))
        .isInstanceOf(Outcome.Terminated.class);
    assertThat(engine().instance(FLOW, "late").outcome(SOON)).isInstanceOf(Outcome.Failed.class);
    gate.countDown();
    assertThat(engine().instance(FLOW, "told").result(SOON)).isEqualTo("heard told!");
    assertThat(engine().instance(FLOW, "plain").result(SOON)).isEqualTo("plain!");
    engine().resume("paused");
    assertThat(engine().instance(FLOW, "paused").result(SOON)).isEqualTo("paused!");
    assertThat(runs.keySet()).containsExactlyInAnyOrder("first", "told", "plain", "paused");
    assertThat(runs.values()).allMatch(count -> count.get() == 1);
  }
}
