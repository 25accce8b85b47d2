package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.Kept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** C51, C4: the end of a life, and how the next one goes on. */
final class CloseTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  void c51a_shouldRefuseNewWorkAndLetTurnsFinish() throws Exception {
    open(
        builder ->
            builder.orchestration(
                FLOW,
                (ctx, name) -> {
                  inside.countDown();
                  awaitQuietly(release);
                  return name + "!";
                }));
    Millrace first = engine();
    CompletableFuture<String> result = first.start(FLOW, "one", "a").resultAsync();
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> first.close(LONG));
    EngineClosedException refused =
        eventually(() -> refusal(() -> first.raise("one", GO, "too late")));
    assertThat(refused.kept()).isEqualTo(Kept.NO);
    assertThat(closing).as("the turn is not done").isNotDone();
    release.countDown();
    closing.get(20, TimeUnit.SECONDS);
    assertThat(result.get(20, TimeUnit.SECONDS)).as("the turn was taken").isEqualTo("a!");
    if (survives()) {
      reopen();
      assertThat(engine().info("one").orElseThrow().turns()).isEqualTo(1);
      assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a!");
    }
  }

  private static @Nullable EngineClosedException refusal(Runnable call) {
    try {
      call.run();
      return null;
    } catch (EngineClosedException e) {
      return e;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void c4c_c51c_shouldRunAgainWhatWasUnderWay() throws Exception {
    open(
        builder ->
            builder
                .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
                .activity(
                    STEP,
                    name -> {
                      ran.add(name);
                      if (ran.size() == 1) {
                        inside.countDown();
                        if (survives()) {
                          new CountDownLatch(1).await();
                        }
                      }
                      return name + "!";
                    }));
    engine().start(FLOW, "one", "a");
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
    reopen();
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a!");
    assertThat(ran).hasSize(survives() ? 2 : 1);
  }

  @Test
  void c51e_shouldCloseOnceHoweverManyClose() throws Exception {
    open(builder -> builder.orchestration(FLOW, (ctx, name) -> name));
    Millrace first = engine();
    first.start(FLOW, "one", "a").result(SOON);
    List<CompletableFuture<Void>> closers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      closers.add(CompletableFuture.runAsync(first::close));
    }
    for (CompletableFuture<Void> closer : closers) {
      closer.get(20, TimeUnit.SECONDS);
    }
    first.close();
    assertThatThrownBy(() -> first.start(FLOW, "two", "b"))
        .isInstanceOf(EngineClosedException.class);
    if (survives()) {
      reopen();
      assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a");
      assertThat(engine().info("two")).isEmpty();
    }
  }

  @Test
  void c51h_shouldSayWhetherTheCommandWasDurable() throws Exception {
    open(builder -> builder.orchestration(FLOW, (ctx, name) -> name + ctx.waitFor(GO).await()));
    Millrace first = engine();
    CompletableFuture<String> pending = first.start(FLOW, "one", "a").resultAsync();
    // Some of these are handed in before the close, some after: each is told apart.
    List<CompletableFuture<Kept>> told = new ArrayList<>();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> first.close(Duration.ZERO));
    @Nullable EngineClosedException over = null;
    while (over == null) {
      String id = "i" + told.size();
      try {
        told.add(first.startAsync(FLOW, id, "b").handle((handle, failure) -> kept(failure)));
      } catch (EngineClosedException e) {
        over = e;
      }
    }
    closing.get(20, TimeUnit.SECONDS);
    assertThat(over.kept()).as("nothing was handed in").isEqualTo(Kept.NO);
    assertThat(kept(failureOf(pending)))
        .as("what became of the start")
        .isEqualTo(survives() ? Kept.YES : Kept.NO);
    if (!survives()) {
      return;
    }
    reopen();
    for (int i = 0; i < told.size(); i++) {
      Kept kept = told.get(i).get(20, TimeUnit.SECONDS);
      assertThat(kept).as("after an orderly close").isNotEqualTo(Kept.UNKNOWN);
      assertThat(engine().info("i" + i).isPresent()).as("i" + i).isEqualTo(kept == Kept.YES);
    }
    engine().raise("one", GO, "!");
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a!");
  }

  private static @Nullable Throwable failureOf(CompletableFuture<?> future) throws Exception {
    return future.handle((result, failure) -> failure).get(20, TimeUnit.SECONDS);
  }

  /** An acknowledgement says that it is durable. */
  private static Kept kept(@Nullable Throwable failure) {
    if (failure == null) {
      return Kept.YES;
    }
    return failure instanceof EngineClosedException closed
        ? closed.kept()
        : kept(Objects.requireNonNull(failure.getCause(), "a closed engine"));
  }
}
