package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Attempts of activities: retries, times, heartbeats, and whatever user code throws. */
final class ActivityAttemptsTest extends EveryStore {

  private static final RetryPolicy THREE =
      RetryPolicy.attempts(3).withFirstDelay(Duration.ofSeconds(10)).withFactor(1);
  private static final CallOptions RETRIED = CallOptions.DEFAULTS.withRetry(THREE);

  private final ManualTime time = new ManualTime();
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void c10g_c10j_shouldTryAgainAfterItsTimeWhenReopenedMeanwhile() {
    run(
        RETRIED,
        (activity, name) -> {
          if (attempts.incrementAndGet() < 3) {
            throw new IOException("no route");
          }
          return name + activity.attempt();
        });
    awaitAttempts(1);
    eventually(() -> engine().statistics().activitiesRetried() == 1 ? true : null);
    settle();
    reopen();
    time.advance(9_999);
    assertThat(attempts.get()).as("never early").isEqualTo(1);
    assertThat(result()).startsWith("a");
    assertThat(attempts.get()).isEqualTo(3);
  }

  @Test
  void c10h_shouldSayHowManyAttemptsThereWereWhenItGivesUp() {
    run(
        CallOptions.DEFAULTS.withRetry(THREE.neverOn(IOException.class)),
        (activity, name) -> {
          throw attempts.incrementAndGet() == 1
              ? new IllegalStateException("first")
              : new java.io.FileNotFoundException("gone");
        });
    assertThat(failure().message())
        .isEqualTo("gone (attempts=2, no other: neverOn=java.io.IOException)");
  }

  @Test
  void c4a_c6b_c10i_c22f_shouldEndAnAttemptWhenItTakesTooLong() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    ConcurrentLinkedQueue<Instant> deadlines = new ConcurrentLinkedQueue<>();
    run(
        RETRIED.withStartToClose(Duration.ofSeconds(1)),
        (activity, name) -> {
          deadlines.add(activity.deadline());
          if (attempts.incrementAndGet() > 1) {
            return "second";
          }
          activity.onCancel(told::countDown);
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return "late";
        });
    Instant begun = Instant.ofEpochMilli(time.nowMillis());
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    time.advance(1_000);
    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    nextAttempt();
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("second");
    eventually(
        () -> {
          time.advance(1_000);
          return interrupted.getCount() == 0 ? true : null;
        });
    assertThat(deadlines.peek()).isEqualTo(begun.plusSeconds(1));
    eventually(() -> engine().statistics().lateCompletions() == 1 ? true : null);
  }

  @Test
  void c10i_shouldEndTheWholeCallWhenItWaitsTooLong() {
    run(
        RETRIED.withScheduleToClose(Duration.ofSeconds(15)),
        (activity, name) -> {
          if (attempts.incrementAndGet() == 2) {
            new CountDownLatch(1).await();
          }
          throw new IOException("no route");
        });
    nextAttempt();
    awaitAttempts(2);
    time.advance(5_000);
    assertThat(failure())
        .isInstanceOf(Failure.TimedOut.class)
        .extracting(Failure::message)
        .asString()
        .isEqualTo(
            "schedule-to-close=PT15S passed, activity=step attempts=2; the attempt before failed:"
                + " no route");
  }

  @Test
  void c6e_c6f_shouldHandOverWhatWasSaidWhenTheHeartbeatStops() {
    List<String> said = new CopyOnWriteArrayList<>();
    CountDownLatch silent = new CountDownLatch(1);
    run(
        RETRIED.withHeartbeat(Duration.ofSeconds(5)),
        (activity, name) -> {
          said.add(activity.lastHeartbeat(String.class).orElse("nothing"));
          if (attempts.incrementAndGet() == 1) {
            activity.heartbeat("10%");
            activity.heartbeat("20%");
            silent.countDown();
            new CountDownLatch(1).await();
          }
          return "done";
        });
    eventually(() -> silent.getCount() == 0 ? true : null);
    time.advance(5_000);
    nextAttempt();
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("done");
    assertThat(said).containsExactly("nothing", "20%");
  }

  @Test
  void c6c_shouldSaySoWhenACancelledActivityReports() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    AtomicReference<String> heard = new AtomicReference<>();
    CountDownLatch over = new CountDownLatch(1);
    run(
        CallOptions.DEFAULTS,
        (activity, name) -> {
          running.countDown();
          try {
            while (true) {
              activity.heartbeat();
              Thread.onSpinWait();
            }
          } catch (ActivityCancelledException e) {
            heard.set(e.getMessage());
            throw e;
          } finally {
            over.countDown();
          }
        });
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    engine().cancel("one", "enough");
    assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(heard.get()).contains("no longer wanted").contains("activity=step");
  }

  @Test
  void c22b_shouldFailThatAttemptAloneWhateverIsThrown() {
    List<Throwable> thrown =
        List.of(
            new OutOfMemoryError("no heap"),
            new StackOverflowError(),
            new NoClassDefFoundError("x/Y"),
            new InterruptedException("stray"),
            new ThreadDeath());
    open(
        builder ->
            builder
                .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
                .activity(
                    STEP,
                    name -> {
                      Throwable one = thrown.get(Integer.parseInt(name));
                      if (one instanceof Error error) {
                        throw error;
                      }
                      throw (Exception) one;
                    }));
    for (int i = 0; i < thrown.size(); i++) {
      Outcome<String> outcome = engine().start(FLOW, "i" + i, Integer.toString(i)).outcome(SOON);
      assertThat(outcome.toString()).contains(thrown.get(i).getClass().getName());
    }
  }

  @Test
  void r23_shouldAllowABlockingCallFromAnActivity() {
    Orchestration<String, String> other = Orchestration.named("other", String.class, String.class);
    open(
        builder ->
            builder
                .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
                .orchestration(other, (ctx, name) -> name + "!")
                .activity(STEP, name -> engine().start(other, "two", name).result(SOON)));
    assertThat(engine().start(FLOW, "one", "a").result(SOON)).isEqualTo("a!");
  }

  private void run(CallOptions options, ActivityContextFunction<String, String> code) {
    open(
        builder ->
            builder
                .time(time)
                .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name, options).await())
                .activityWithContext(STEP, code));
    InstanceHandle<String> unused = engine().start(FLOW, "one", "a");
  }

  /** Turns the clock just as far as the second attempt, so that its own time limits do not pass. */
  private void nextAttempt() {
    eventually(() -> engine().statistics().activitiesRetried() == 1 ? true : null);
    time.advance(10_000);
  }

  private void awaitAttempts(int number) {
    eventually(() -> attempts.get() >= number ? true : null);
  }

  /** Turns the clock until the instance has ended; for flows without time limits only. */
  private void awaitEnd() {
    eventually(
        () -> {
          time.advance(100);
          return engine().info("one").orElseThrow().status().isTerminal() ? true : null;
        });
  }

  private String result() {
    awaitEnd();
    return engine().instance(FLOW, "one").result(SOON);
  }

  private Failure failure() {
    awaitEnd();
    return ((Outcome.Failed<String>) engine().instance(FLOW, "one").outcome(SOON)).failure();
  }
}
