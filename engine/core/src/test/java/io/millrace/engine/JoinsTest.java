package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.HistoryEvent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** C10, C15, C22: steps, several at once, and what becomes of the others. */
final class JoinsTest extends EveryStore {

  private static final Event<String> ONE = Event.named("one", String.class);
  private static final Event<String> TWO = Event.named("two", String.class);
  private static final Event<String> GO = Event.named("go", String.class);
  private static final Activity<String, Void> NOTHING =
      Activity.named("nothing", String.class, Void.class);

  /** Runs code that waits for GO in the end, so that it is replayed once more. */
  private void start(OrchestrationFunction<String, String> code) {
    open(builder -> builder.orchestration(FLOW, code));
    engine().start(FLOW, "flow", "a");
    waits(1);
  }

  private void waits(int turns) {
    eventually(() -> engine().info("flow").filter(info -> info.turns() >= turns).orElse(null));
  }

  private String end() {
    reopen();
    engine().raise("flow", GO, "!");
    return engine().instance(FLOW, "flow").result(SOON);
  }

  @Test
  @SuppressWarnings("NullAway") // an activity may return null
  void c10a_shouldGiveTheResultOfAnActivity() {
    List<String> ran = new CopyOnWriteArrayList<>();
    open(
        builder ->
            builder
                .orchestration(
                    FLOW,
                    (ctx, name) ->
                        ctx.call(STEP, name).await()
                            + (ctx.call(NOTHING, name).await() == null ? "null" : "something")
                            + ctx.waitFor(GO).await())
                .activity(
                    STEP,
                    name -> {
                      ran.add(name);
                      return name + "1";
                    })
                .activity(NOTHING, name -> null));
    engine().start(FLOW, "flow", "a");
    waits(3);
    assertThat(end()).isEqualTo("a1null!");
    assertThat(ran).containsExactly("a");
  }

  @Test
  void c10b_shouldWaitForAllInTheOrderOfTheArguments() {
    start(
        (ctx, name) ->
            String.join(",", ctx.all(List.of(ctx.waitFor(ONE), ctx.waitFor(TWO))).await())
                + ctx.waitFor(GO).await());
    engine().raise("flow", TWO, "2");
    reopen();
    engine().raise("flow", ONE, "1");
    assertThat(end()).isEqualTo("1,2!");
  }

  @Test
  void c10b_c22a_shouldFailWithTheFailureThatIsFirstInHistory() {
    CountDownLatch release = new CountDownLatch(1);
    open(
        builder ->
            builder
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      List<DurableFuture<String>> both =
                          List.of(ctx.call(STEP, "late"), ctx.call(STEP, "early"));
                      String failed;
                      try {
                        failed = "none" + ctx.all(both).await();
                      } catch (StepFailedException e) {
                        failed = e.failure().message();
                      }
                      return failed + ctx.waitFor(GO).await();
                    })
                .activity(
                    STEP,
                    name -> {
                      if (name.equals("late")) {
                        release.await();
                      }
                      throw new IOException(name);
                    }));
    engine().start(FLOW, "flow", "a");
    waits(2);
    release.countDown();
    assertThat(end()).isEqualTo("early!");
  }

  @Test
  void c10c_shouldSettleWhateverHappens() {
    open(
        builder ->
            builder
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      StringBuilder seen = new StringBuilder();
                      List<DurableFuture<String>> steps =
                          List.of(ctx.call(STEP, "bad"), ctx.call(STEP, "good"), ctx.waitFor(ONE));
                      for (Settled<String> each : ctx.allSettled(steps).await()) {
                        seen.append(told(each)).append(' ');
                      }
                      return seen + ctx.waitFor(GO).await();
                    })
                .activity(
                    STEP,
                    name -> {
                      if (name.equals("bad")) {
                        throw new IOException("no route");
                      }
                      return name;
                    }));
    engine().start(FLOW, "flow", "a");
    engine().raise("flow", ONE, "1");
    assertThat(end()).isEqualTo("failed:no route good 1 !");
  }

  private static String told(Settled<String> settled) {
    if (settled instanceof Settled.Succeeded<String> succeeded) {
      return succeeded.value();
    }
    return "failed:" + ((Settled.Unsuccessful<String>) settled).failure().message();
  }

  /** The first of two events, its place, and then the other. */
  private static String firstOfTwo(OrchestrationContext ctx, String name) {
    DurableFuture<String> one = ctx.waitFor(ONE);
    DurableFuture<String> two = ctx.waitFor(TWO);
    String first = ctx.any(one, two).await();
    int place = ctx.anyIndex(one, two).await();
    return first + " at " + place + ", then " + one.await() + ctx.waitFor(GO).await();
  }

  @Test
  void c10d_c10f_c15a_shouldGiveTheFirstAndCancelNothing() {
    start(JoinsTest::firstOfTwo);
    engine().raise("flow", TWO, "2");
    waits(2);
    reopen();
    engine().raise("flow", ONE, "1");
    assertThat(end()).isEqualTo("2 at 1, then 1!");
  }

  @Test
  void c10d_shouldGiveTheFirstInHistoryWhenBothCameTogether() {
    start(JoinsTest::firstOfTwo);
    engine().pause("flow");
    engine().raise("flow", TWO, "2");
    engine().raise("flow", ONE, "1");
    reopen();
    engine().resume("flow");
    assertThat(end()).isEqualTo("2 at 1, then 1!");
  }

  @Test
  void c10e_shouldGiveATieToTheFirstArgument() {
    start(
        (ctx, name) -> {
          DurableFuture<String> one = ctx.waitFor(ONE);
          DurableFuture<Void> joined = ctx.all(one); // ends by the same event
          return ctx.anyIndex(one, joined).await()
              + ","
              + ctx.anyIndex(joined, one).await()
              + ctx.waitFor(GO).await();
        });
    engine().raise("flow", ONE, "1");
    waits(2);
    assertThat(end()).isEqualTo("0,0!");
  }

  @Test
  void c15b_shouldRepeatTheCancellingFromHistory() {
    start(
        (ctx, name) -> {
          DurableFuture<String> one = ctx.waitFor(ONE);
          if (ctx.waitFor(TWO).await().equals("give up")) {
            one.cancel();
          }
          String seen;
          try {
            seen = one.await();
          } catch (StepFailedException e) {
            seen = e.failure().getClass().getSimpleName();
          }
          return seen + ctx.waitFor(GO).await() + ctx.waitFor(ONE).await();
        });
    engine().raise("flow", TWO, "give up");
    waits(2);
    assertThat(engine().instances().history("flow", 1, 2, 1).get(0).events())
        .hasAtLeastOneElementOfType(HistoryEvent.ActionCancelled.class);
    engine().raise("flow", ONE, " late");
    assertThat(end()).isEqualTo("Cancelled! late");
  }
}
