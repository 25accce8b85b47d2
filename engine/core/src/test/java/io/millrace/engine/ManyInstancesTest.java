package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Ten instances in memory, a hundred alive, and every feature at once (rules R18, R19). */
final class ManyInstancesTest extends EveryStore {

  private static final int INSTANCES = 100;
  private static final int RESIDENT = 10;
  private static final Event<String> GO = Event.named("go", String.class);
  private static final StateKey<Integer> ROUND = StateKey.named("round", Integer.class);
  private static final Orchestration<String, String> CHILD =
      Orchestration.named("child", String.class, String.class);
  private static final CallOptions RETRIED =
      CallOptions.DEFAULTS.withRetry(
          RetryPolicy.attempts(2).withFirstDelay(Duration.ofSeconds(10)).withFactor(1));

  private final ManualTime time = new ManualTime();
  private final ConcurrentHashMap<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

  private MillraceBuilder everything(MillraceBuilder builder) {
    return builder
        .time(time)
        .residentInstancesMax(place == Place.CROWDED ? 0 : RESIDENT)
        .activityWorkers(PoolOptions.size(4))
        .orchestration(CHILD, (ctx, name) -> name + ctx.waitFor(GO).await())
        .orchestration(FLOW, ManyInstancesTest::live)
        .activity(STEP, this::failOnce);
  }

  /** A step, an event, a timer, a child, a status, a key-value, and all of it in two executions. */
  private static String live(OrchestrationContext ctx, String name) {
    Integer round = ctx.get(ROUND);
    if (round == null) {
      String step = ctx.call(STEP, name, RETRIED).await();
      ctx.setStatus(String.class, step);
      ctx.put(ROUND, 1);
      return ctx.continueAsNew(FLOW, step);
    }
    String told = ctx.waitFor(GO).await();
    ctx.sleep(Duration.ofMinutes(1)).await();
    String child =
        ctx.callChild(CHILD, name, ChildOptions.DEFAULTS.withId(ctx.instanceId() + "-child"))
            .await();
    return String.join(" ", name, told, child);
  }

  private String failOnce(String name) throws IOException {
    if (attempts.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet() == 1) {
      throw new IOException("not yet");
    }
    return name + "!";
  }

  private static String id(int i) {
    return "i" + i;
  }

  private static boolean isCancelled(int i) {
    return i % 20 == 7;
  }

  @Test
  void r18_r19_shouldDoEverythingWhileFewAreInMemory() {
    open(this::everything);
    for (int i = 0; i < INSTANCES; i++) {
      engine().start(FLOW, id(i), "a" + i);
    }
    // The retry of each is a timer ten seconds away.
    eventually(() -> engine().statistics().activitiesRetried() >= INSTANCES ? true : null);
    settle();
    reopen();
    time.advance(10_000);
    each(info -> info.execution() == 2 && info.turns() == 1);
    for (int i = 0; i < INSTANCES; i++) {
      if (isCancelled(i)) {
        engine().cancel(id(i), "enough");
      } else {
        engine().raise(id(i), GO, "went");
      }
    }
    each(info -> info.status().isTerminal() || info.turns() == 2);
    reopen();
    time.advance(60_000);
    each(info -> info.status().isTerminal() || info.turns() == 3);
    if (survives()) {
      assertThat(engine().statistics().loads())
          .as("most were not in memory when their timers fired")
          .isGreaterThan(INSTANCES / 2);
    }
    reopen();
    for (int i = 0; i < INSTANCES; i++) {
      if (!isCancelled(i)) {
        engine().raise(id(i) + "-child", GO, "?");
      }
    }
    checkEnds();
  }

  private void each(Predicate<InstanceInfo> so) {
    for (int i = 0; i < INSTANCES; i++) {
      String id = id(i);
      eventually(() -> engine().info(id).filter(so).orElse(null));
    }
  }

  private void checkEnds() {
    List<String> cancelled = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      InstanceHandle<String> handle = engine().instance(FLOW, id(i));
      if (isCancelled(i)) {
        assertThat(handle.outcome(SOON)).isEqualTo(new Outcome.Cancelled<String>("enough"));
        cancelled.add(id(i));
      } else {
        String step = "a" + i + "!";
        assertThat(handle.result(SOON)).isEqualTo(step + " went " + step + "?");
      }
      Optional<CustomStatus<String>> status = handle.customStatus(String.class);
      assertThat(status).contains(new CustomStatus<>(1, "a" + i + "!"));
    }
    InstanceFilter filter =
        InstanceFilter.ALL.withStatuses(EnumSet.of(InstanceStatus.CANCELLED)).withIdPrefix("i");
    assertThat(engine().instances().list(filter, Page.first(INSTANCES)))
        .extracting(InstanceInfo::id)
        .containsExactlyInAnyOrderElementsOf(cancelled);
    assertThat(engine().instances().purgeEverythingFinished()).isEqualTo(INSTANCES);
    assertThat(engine().instances().list(InstanceFilter.ALL, Page.first(1))).isEmpty();
  }
}
