package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** C2, C3, C4, C41: turns of one instance, one after the other, and ends that come too late. */
final class DeliveryTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private static final Orchestration<String, String> CHILD =
      Orchestration.named("child", String.class, String.class);
  private static final StateKey<String> KEY = StateKey.named("key", String.class);

  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<String> seen = new CopyOnWriteArrayList<>();

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void c2b_shouldKeepAllOfATurnTogether() {
    ManualTime time = new ManualTime();
    open(
        builder ->
            builder
                .time(time)
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      DurableFuture<String> step = ctx.call(STEP, name);
                      DurableFuture<Void> slept = ctx.sleep(Duration.ofMinutes(1));
                      DurableFuture<String> child = ctx.callChild(CHILD, name);
                      ctx.put(KEY, "kept");
                      ctx.setStatus(String.class, "asked");
                      String both = step.await() + child.await();
                      slept.await();
                      return both + ctx.get(KEY);
                    })
                .orchestration(CHILD, (ctx, name) -> ctx.waitFor(GO).await())
                .activity(STEP, name -> name));
    InstanceHandle<String> handle = engine().start(FLOW, "one", "a");
    // The status is heard of only when the turn is durable, so all of the turn is.
    assertThat(handle.awaitStatus(String.class, 0, SOON)).isPresent();
    reopen();
    assertThat(engine().instances().history("one", 1, 1, 1).get(0).events())
        .hasAtLeastOneElementOfType(HistoryEvent.ActivityScheduled.class)
        .hasAtLeastOneElementOfType(HistoryEvent.TimerCreated.class)
        .hasAtLeastOneElementOfType(HistoryEvent.ChildScheduled.class);
    assertThat(engine().status("one/1.3")).contains(InstanceStatus.RUNNING);
    assertThat(engine().instance(FLOW, "one").get(KEY)).isEqualTo("kept");
    engine().raise("one/1.3", GO, "!");
    time.advance(60_000);
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a!kept");
  }

  @Test
  void c3a_c3b_shouldKeepForTheNextTurnWhatComesDuringOne() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    open(
        builder ->
            builder
                .orchestrationWorkers(4)
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      if (atOnce.incrementAndGet() > 1) {
                        seen.add("two turns at once");
                      }
                      try {
                        inside.countDown();
                        awaitQuietly(release);
                        StringBuilder all = new StringBuilder(name);
                        for (int i = 0; i < 5; i++) {
                          all.append(ctx.waitFor(GO).await());
                          if (!ctx.isReplaying()) {
                            seen.add(all.toString());
                          }
                        }
                        return all.toString();
                      } finally {
                        atOnce.decrementAndGet();
                      }
                    }));
    engine().start(FLOW, "one", "a");
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 4; i++) {
      engine().raise("one", GO, "" + i);
    }
    assertThat(seen).as("the first turn does not see them").isEmpty();
    release.countDown();
    eventually(() -> engine().info("one").filter(info -> info.turns() > 0).orElse(null));
    reopen();
    engine().raise("one", GO, "4");
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a01234");
    assertThat(seen)
        .contains("a0", "a01", "a012", "a0123", "a01234")
        .doesNotContain("two turns at once");
    assertThat(engine().instances().history("one", 1, 1, 1).get(0).events())
        .as("the first turn took the start alone")
        .doesNotHaveAnyElementsOfTypes(HistoryEvent.EventRaised.class);
  }

  @Test
  void c2c_r22_shouldRefuseWhatATurnComesToThatWasGivenUp() throws Exception {
    open(
        builder ->
            builder
                .limits(EngineLimits.defaults().withTurnTimeMax(Duration.ofMillis(200)))
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      if (inside.getCount() > 0) {
                        inside.countDown();
                        hang();
                        release.countDown();
                        return "late";
                      }
                      return name;
                    }));
    assertThat(engine().start(FLOW, "one", "a").result(SOON)).isEqualTo("a");
    assertThat(release.await(20, TimeUnit.SECONDS)).as("the late one has come to an end").isTrue();
    reopen();
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a");
    assertThat(engine().instances().history("one", 1, 1, 10)).hasSize(1);
  }

  /** Until it is interrupted. */
  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void c4a_c41c_c41d_shouldRefuseTheLateEndOfAnActivityWhoseInstanceIsGone() throws Exception {
    open(
        builder ->
            builder
                .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
                .orchestration(
                    CHILD, (ctx, name) -> ctx.call(STEP, name).await() + ctx.waitFor(GO).await())
                .activity(
                    STEP,
                    name -> {
                      if (name.equals("slow")) {
                        inside.countDown();
                        awaitInSpite(release);
                      }
                      return name;
                    }));
    engine().start(FLOW, "one", "slow");
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
    engine().instances().delete("one", true);
    assertThat(engine().info("one")).isEmpty();
    engine().start(CHILD, "one", "new");
    long before = engine().statistics().lateCompletions();
    release.countDown();
    eventually(() -> engine().statistics().lateCompletions() > before ? true : null);
    eventually(() -> engine().info("one").filter(info -> info.turns() == 2).orElse(null));
    reopen();
    engine().raise("one", GO, "!");
    assertThat(engine().instance(CHILD, "one").result(SOON)).isEqualTo("new!");
  }

  /** It is told and interrupted, and does not care. */
  private static void awaitInSpite(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        latch.await();
        open = true;
      } catch (InterruptedException e) {
        open = latch.getCount() == 0;
      }
    }
  }

  @Test
  void c41c_shouldRefuseTheLateTurnOfAnInstanceThatIsGone() throws Exception {
    open(
        builder ->
            builder
                .orchestrationWorkers(2)
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      if (name.equals("slow")) {
                        inside.countDown();
                        awaitQuietly(release);
                      }
                      return name;
                    }));
    engine().start(FLOW, "one", "slow");
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> deleted =
        CompletableFuture.runAsync(() -> engine().instances().delete("one", true));
    deleted.get(20, TimeUnit.SECONDS);
    release.countDown();
    // Whatever was handed in before this is decided before it.
    assertThat(engine().start(FLOW, "two", "b").result(SOON)).isEqualTo("b");
    assertThat(engine().info("one")).isEmpty();
    reopen();
    assertThat(engine().info("one")).isEmpty();
    assertThat(engine().start(FLOW, "one", "anew").result(SOON)).isEqualTo("anew");
  }
}
