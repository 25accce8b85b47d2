package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.InstanceStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** C15c: the first of several, and the end of the others. */
final class RaceTest extends EveryStore {

  private static final Orchestration<String, String> CHILD =
      Orchestration.named("child", String.class, String.class);
  private static final Activity<String, String> SLOW =
      Activity.named("slow", String.class, String.class).withTag("slow");
  private static final Event<String> GO = Event.named("go", String.class);
  private static final Event<String> LAST = Event.named("last", String.class);

  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<String> entered = new ConcurrentLinkedQueue<>();

  @Test
  void c15c_c15d_c15e_c15f_c15g_c15h_shouldGiveTheFirstAndCancelTheRest() throws Exception {
    open(
        builder ->
            builder
                .pool("slow", 1)
                .orchestration(FLOW, RaceTest::race)
                .orchestration(CHILD, (ctx, name) -> ctx.waitFor(LAST).await())
                .activity(STEP, name -> name)
                .activityWithContext(SLOW, this::slow));
    engine().start(FLOW, "one", "a");
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    engine().raise("one", GO, "first");
    assertThat(told.await(20, TimeUnit.SECONDS)).as("a running activity is told").isTrue();
    eventually(
        () -> engine().status("one/1.3").filter(is -> is == InstanceStatus.CANCELLED).orElse(null));
    eventually(() -> engine().info("one").filter(info -> info.turns() > 1).orElse(null));
    reopen();
    engine().raise("one", GO, "second");
    engine().raise("one", LAST, "third");
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("first, then second third");
    assertThat(entered).as("a queued activity is removed").containsOnly("runs");
    assertThat(engine().statistics().timersFired()).as("a timer is dropped").isZero();
  }

  private static String race(OrchestrationContext ctx, String name) {
    DurableFuture<String> first = ctx.waitFor(GO);
    String won =
        ctx.<String>race(
                List.of(
                    ctx.call(SLOW, "runs"),
                    ctx.callChild(CHILD, name),
                    ctx.call(SLOW, "queued"),
                    first,
                    ctx.waitFor(LAST),
                    ctx.waitFor(Event.named("never", String.class), Duration.ofDays(1))))
            .await();
    return won + ", then " + ctx.waitFor(GO).await() + " " + ctx.waitFor(LAST).await();
  }

  private String slow(ActivityContext activity, String name) throws InterruptedException {
    entered.add(name);
    if (name.equals("runs")) {
      activity.onCancel(told::countDown);
      running.countDown();
      told.await();
    }
    return name;
  }
}
