package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** C50, C1, C3, C19, C22: what clients can ask, and what they get. */
final class ClientsTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private static final Orchestration<String, Integer> LENGTH =
      Orchestration.named("length", String.class, Integer.class);

  /** A user's exception that counts how often it is made. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger MADE = new AtomicInteger();

    Broken(String message) {
      super(message);
      MADE.incrementAndGet();
    }
  }

  private static MillraceBuilder lengths(MillraceBuilder builder) {
    return builder
        .orchestration(
            LENGTH,
            (ctx, text) -> {
              if (text.isEmpty()) {
                throw new IllegalArgumentException("expected a text");
              }
              return text.length() + ctx.waitFor(GO).await().length();
            })
        .orchestration(FLOW, (ctx, name) -> name);
  }

  @Test
  void c1b_c1c_shouldFindTheInstanceAndRefuseAnotherOrchestrationsId() {
    open(ClientsTest::lengths);
    assertThat(engine().start(LENGTH, "one", "four").created()).isTrue();
    for (int look = 0; look < 2; look++) {
      reopen();
      assertThat(engine().start(LENGTH, "one", "other").created()).as("live").isFalse();
      assertThatThrownBy(() -> engine().start(FLOW, "one", "a"))
          .isInstanceOf(CommandRefusedException.class)
          .hasMessageContaining("id=one")
          .hasMessageContaining("length");
    }
    engine().raise("one", GO, "go");
    assertThat(engine().instance(LENGTH, "one").result(SOON)).isEqualTo(6);
    for (int look = 0; look < 2; look++) {
      InstanceHandle<Integer> again = engine().start(LENGTH, "one", "other");
      assertThat(again.created()).as("finished").isFalse();
      assertThat(again.result(SOON)).isEqualTo(6);
      assertThatThrownBy(() -> engine().start(FLOW, "one", "a"))
          .isInstanceOf(CommandRefusedException.class)
          .hasMessageContaining("id=one");
      reopen();
    }
  }

  @Test
  void c5a_c50e_shouldRaiseAndRefuseAnEventForNobody() {
    open(ClientsTest::lengths);
    engine().start(LENGTH, "one", "four");
    reopen();
    engine().raise("one", GO, "go");
    assertThat(engine().instance(LENGTH, "one").result(SOON)).isEqualTo(6);
    reopen();
    for (String id : List.of("nobody", "one")) {
      assertThatThrownBy(() -> engine().raise(id, GO, "go"))
          .isInstanceOf(CommandRefusedException.class)
          .hasMessageContaining("id=" + id);
    }
    assertThat(engine().info("nobody")).isEmpty();
  }

  @Test
  void c1e_shouldRefuseToStartWhatIsNotRegistered() {
    open(ClientsTest::lengths);
    Orchestration<String, Integer> later = LENGTH.withVersion("2");
    assertThatThrownBy(() -> engine().start(later, "one", "a"))
        .isInstanceOfSatisfying(
            CommandRefusedException.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo(CommandRefusedException.Reason.NOT_REGISTERED))
        .hasMessageContaining("length@2")
        .hasMessageContaining("length@1");
    assertThat(engine().info("one")).as("nothing was started").isEmpty();
  }

  @Test
  void c50a_c50b_shouldGiveTypedHandles() {
    open(ClientsTest::lengths);
    InstanceHandle<Integer> started = engine().start(LENGTH, "one", "four");
    assertThat(started.created()).isTrue();
    assertThat(started.id()).isEqualTo("one");
    reopen();
    InstanceHandle<Integer> found = engine().instance(LENGTH, "one");
    assertThat(found.created()).as("nothing is started by that").isFalse();
    found.raise(GO, "go");
    assertThat(found.result(SOON) + 1).isEqualTo(7);
    assertThat(engine().info("two")).isEmpty();
    InstanceHandle<Integer> nobody = engine().instance(LENGTH, "two");
    assertThatThrownBy(() -> nobody.result(SOON))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("id=two");
    assertThatThrownBy(() -> engine().instance(FLOW, "one").result(SOON))
        .as("a handle of another orchestration")
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("length");
  }

  @Test
  void c50c_shouldPushTheResultOrTheFailure() throws Exception {
    open(ClientsTest::lengths);
    InstanceHandle<Integer> good = engine().start(LENGTH, "good", "four");
    assertThatThrownBy(() -> good.result(Duration.ofMillis(20)))
        .isInstanceOf(ResultTimeoutException.class)
        .hasMessageContaining("id=good");
    CompletableFuture<Integer> pushed = CompletableFuture.supplyAsync(() -> good.result(SOON));
    good.raise(GO, "go");
    assertThat(pushed.get(20, TimeUnit.SECONDS)).isEqualTo(6);
    InstanceHandle<Integer> bad = engine().start(LENGTH, "bad", "");
    for (int look = 0; look < 2; look++) {
      assertThatThrownBy(() -> engine().instance(LENGTH, "bad").result(SOON))
          .isInstanceOf(OrchestrationFailedException.class)
          .hasMessageContaining("expected a text");
      reopen();
    }
    assertThat(bad.id()).isEqualTo("bad");
  }

  @Test
  void c50d_shouldGiveEveryEndAsAValue() throws Exception {
    open(ClientsTest::lengths);
    CompletableFuture<Outcome<Integer>> later =
        engine().start(LENGTH, "good", "four").outcomeAsync();
    assertThat(later).isNotDone();
    engine().raise("good", GO, "go");
    assertThat(later.get(20, TimeUnit.SECONDS)).isEqualTo(new Outcome.Completed<>(6));
    engine().start(LENGTH, "bad", "");
    engine().start(LENGTH, "cancelled", "a").cancel("why not");
    engine().start(LENGTH, "terminated", "a").terminate("enough");
    assertThat(told("bad")).isEqualTo("expected a text");
    reopen();
    assertThat(told("good")).isEqualTo("6");
    assertThat(told("bad")).isEqualTo("expected a text");
    assertThat(told("cancelled")).isEqualTo("why not");
    assertThat(told("terminated")).isEqualTo("enough");
  }

  private String told(String id) {
    Outcome<Integer> outcome = engine().instance(LENGTH, id).outcome(SOON);
    if (outcome instanceof Outcome.Completed<Integer> completed) {
      return completed.value().toString();
    } else if (outcome instanceof Outcome.Failed<Integer> failed) {
      return failed.failure().message();
    } else if (outcome instanceof Outcome.Cancelled<Integer> cancelled) {
      return cancelled.reason();
    }
    return ((Outcome.Terminated<Integer>) outcome).reason();
  }

  @Test
  void c50g_shouldTellWhereAnInstanceStands() {
    open(ClientsTest::lengths);
    engine().start(LENGTH, "one", "four");
    assertThat(engine().status("one")).contains(InstanceStatus.RUNNING);
    engine().pause("one");
    assertThat(engine().status("one")).contains(InstanceStatus.PAUSED);
    reopen();
    assertThat(engine().status("one")).contains(InstanceStatus.PAUSED);
    engine().resume("one");
    engine().raise("one", GO, "go");
    assertThat(engine().instance(LENGTH, "one").result(SOON)).isEqualTo(6);
    assertThat(engine().status("one")).contains(InstanceStatus.COMPLETED);
    assertThat(engine().status("nobody")).isEmpty();
  }

  @Test
  void c3c_shouldRunOthersWhileATurnOfOneHangs() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
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
                      return name + ctx.waitFor(GO).await();
                    }));
    InstanceHandle<String> slow = engine().start(FLOW, "slow", "slow");
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
    slow.raise(GO, "!");
    for (int i = 0; i < 20; i++) {
      InstanceHandle<String> other = engine().start(FLOW, "i" + i, "a" + i);
      other.raise(GO, "!");
      assertThat(other.result(SOON)).isEqualTo("a" + i + "!");
    }
    assertThat(slow.info().status()).isEqualTo(InstanceStatus.RUNNING);
    release.countDown();
    assertThat(slow.result(SOON)).isEqualTo("slow!");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void c19a_shouldKeepAStartedInstanceOnItsVersion() {
    Orchestration<String, String> second = FLOW.withVersion("2");
    open(
        builder ->
            builder
                .orchestration(FLOW, (ctx, name) -> "first " + ctx.waitFor(GO).await())
                .orchestration(second, (ctx, name) -> "second " + ctx.waitFor(GO).await()));
    engine().start(FLOW, "old", "a");
    engine().start(second, "new", "a");
    reopen();
    assertThat(engine().start(second, "old", "a").created()).as("the same orchestration").isFalse();
    engine().raise("old", GO, "x");
    engine().raise("new", GO, "y");
    assertThat(engine().instance(FLOW, "old").result(SOON)).isEqualTo("first x");
    assertThat(engine().instance(second, "new").result(SOON)).isEqualTo("second y");
    assertThat(engine().info("old").orElseThrow().version()).isEqualTo("1");
  }

  @Test
  void c22e_shouldNeverMakeAUsersExceptionFromWhatIsStored() {
    open(
        builder ->
            builder
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      try {
                        return ctx.call(STEP, name).await();
                      } catch (StepFailedException e) {
                        String type = ((Failure.ApplicationFailure) e.failure()).type();
                        return type + " " + e.failure().message() + ctx.waitFor(GO).await();
                      }
                    })
                .activity(
                    STEP,
                    name -> {
                      throw new Broken("out of " + name);
                    }));
    int before = Broken.MADE.get();
    engine().start(FLOW, "one", "paper");
    eventually(() -> engine().info("one").filter(info -> info.turns() == 2).orElse(null));
    reopen();
    engine().raise("one", GO, "!");
    assertThat(engine().instance(FLOW, "one").result(SOON))
        .isEqualTo(Broken.class.getName() + " out of paper!");
    assertThat(Broken.MADE.get() - before).as("by the activity alone").isEqualTo(1);
  }
}
