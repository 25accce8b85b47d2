package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.orchestration.HistoryEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** C11, C12: what code waits for. */
final class WaitsTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private static final Event<String> OTHER = Event.named("other", String.class);

  private final ManualTime time = new ManualTime();
  private final List<Long> woken = new CopyOnWriteArrayList<>();

  private InstanceHandle<String> start(OrchestrationFunction<String, String> code) {
    open(
        builder ->
            builder
                .time(time)
                .limits(EngineLimits.defaults().withBufferedEventsMax(2))
                .orchestration(FLOW, code));
    InstanceHandle<String> handle = engine().start(FLOW, "flow", "a");
    waits(1);
    return handle;
  }

  private void waits(int turns) {
    eventually(() -> engine().info("flow").filter(info -> info.turns() >= turns).orElse(null));
  }

  private String result() {
    return engine().instance(FLOW, "flow").result(SOON);
  }

  @Test
  void c11a_c11b_c11c_shouldFireAtItsRecordedDeadlineAndNeverBefore() {
    long began = time.nowMillis();
    start(
        (ctx, name) -> {
          ctx.sleep(Duration.ofMinutes(1)).await();
          woken.add(ctx.now().toEpochMilli());
          return name;
        });
    assertThat(engine().instances().history("flow", 1, 1, 1).get(0).events())
        .as("absolute")
        .contains(new HistoryEvent.TimerCreated(began + 60_000));
    reopen();
    time.advance(59_999);
    assertThatThrownBy(() -> engine().instance(FLOW, "flow").result(Duration.ofMillis(50)))
        .isInstanceOf(ResultTimeoutException.class);
    assertThat(woken).isEmpty();
    reopen();
    time.advance(1);
    assertThat(result()).isEqualTo("a");
    assertThat(woken).containsOnly(began + 60_000);
  }

  @Test
  void c12a_c12b_shouldGiveTheOldestEventOfANameToTheOldestWait() {
    start(
        (ctx, name) -> {
          DurableFuture<String> first = ctx.waitFor(GO);
          DurableFuture<String> second = ctx.waitFor(GO);
          String b = second.await();
          return first.await() + b + ctx.waitFor(GO).await() + ctx.waitFor(OTHER).await();
        });
    engine().raise("flow", OTHER, "early");
    engine().raise("flow", GO, "1");
    reopen();
    engine().raise("flow", GO, "2");
    engine().raise("flow", GO, "3");
    assertThat(result()).isEqualTo("123early");
  }

  @Test
  void c12c_c12d_shouldGiveUpThePlaceWhenTheTimeIsOver() {
    start(
        (ctx, name) -> {
          String seen;
          try {
            seen = ctx.waitFor(GO, Duration.ofMinutes(1)).await();
          } catch (StepFailedException e) {
            seen = e.failure().getClass().getSimpleName();
          }
          return seen + ctx.waitFor(GO).await();
        });
    reopen();
    time.advance(60_000);
    waits(2);
    reopen();
    engine().raise("flow", GO, " and then it came");
    assertThat(result()).isEqualTo("TimedOut and then it came");
  }

  @Test
  void c12f_shouldRefuseARaiseOverTheLimitAndKeepTheOthers() {
    start(
        (ctx, name) ->
            ctx.waitFor(OTHER).await() + ctx.waitFor(GO).await() + ctx.waitFor(GO).await());
    engine().raise("flow", GO, "1");
    engine().raise("flow", GO, "2");
    for (int look = 0; look < 2; look++) {
      assertThatThrownBy(() -> engine().raise("flow", GO, "3"))
          .isInstanceOf(CommandRefusedException.class)
          .hasMessageContaining("bufferedEventsMax=2");
      reopen();
    }
    engine().raise("flow", OTHER, "0");
    assertThat(result()).isEqualTo("012");
  }
}
