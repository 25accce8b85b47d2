package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.Recovery;
import io.millrace.engine.internal.runtime.Recovering;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine on a data directory does besides. */
abstract class FileMillraceContract extends MillraceContract {

  @TempDir Path folder;

  private final AtomicInteger places = new AtomicInteger();

  abstract JournalKind journal();

  @Override
  MillraceBuilder builder() {
    return at(folder.resolve("data" + places.incrementAndGet()));
  }

  MillraceBuilder at(Path directory) {
    return Millrace.builder(directory)
        .journal(journal())
        .buffer(options -> options.segmentBytes(8 << 20));
  }

  @Test
  void c4c_shouldGoOnWhereItStoodWhenReopened() throws Exception {
    Path place = folder.resolve("again");
    CountDownLatch running = new CountDownLatch(1);
    try (Millrace millrace =
        twoSteps(place)
            .activity(
                STEP,
                name -> {
                  if (name.equals("second")) {
                    running.countDown();
                    new CountDownLatch(1).await();
                  }
                  return name;
                })
            .open()) {
      millrace.start(FLOW, "one", "a");
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
      millrace.close(Duration.ZERO);
    }
    List<String> ranAgain = new ArrayList<>();
    try (Millrace millrace =
        twoSteps(place)
            .activity(
                STEP,
                name -> {
                  ranAgain.add(name);
                  return name.toUpperCase(Locale.ROOT);
                })
            .open()) {
      InstanceHandle<String> handle = millrace.start(FLOW, "one", "a");
      assertThat(handle.created()).isFalse();
      assertThat(handle.result(SOON)).isEqualTo("first+SECOND");
      assertThat(ranAgain).containsExactly("second");
    }
  }

  @Test
  void c51d_shouldForceFlushCheckpointAndUnlockWhenClosed() throws Exception {
    Path place = folder.resolve("closed");
    try (Millrace millrace =
        at(place)
            .flush(FlushPolicy.manual())
            .orchestration(FLOW, (ctx, name) -> name + "!")
            .open()) {
      millrace.start(FLOW, "one", "a").result(SOON);
    }
    Path ahead = place.resolve("store.db-wal");
    assertThat(Files.exists(ahead) ? Files.size(ahead) : 0).as("checkpointed").isZero();
    try (FileChannel file = FileChannel.open(place.resolve("LOCK"), StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      assertThat(lock).as("unlocked").isNotNull();
    }
    AtomicReference<Recovery> found = new AtomicReference<>();
    try (Millrace millrace =
        at(place)
            .orchestration(FLOW, (ctx, name) -> name)
            .recovering(
                (directory, store, options) -> {
                  var recovered = Recovering.STANDARD.recover(directory, store, options);
                  found.set(recovered.recovery());
                  return recovered;
                })
            .open()) {
      assertThat(millrace.instance(FLOW, "one").result(SOON)).isEqualTo("a!");
    }
    Recovery recovery = Objects.requireNonNull(found.get());
    assertThat(recovery.recordsReplayed()).as("flushed").isZero();
    assertThat(recovery.recordsCopied()).as("forced and sealed").isZero();
    assertThat(recovery.journalPosition()).isPositive();
  }

  @Test
  void c7d_shouldGoOnWhenTheMissingPoolIsThere() throws Exception {
    Path place = folder.resolve("pool");
    Activity<String, String> slow = STEP.withTag("slow");
    try (Millrace millrace =
        at(place)
            .orchestration(FLOW, (ctx, name) -> ctx.call(slow, name).await())
            .activity(STEP, name -> name)
            .open()) {
      InstanceHandle<String> handle = millrace.start(FLOW, "one", "a");
      EveryStore.eventually(() -> handle.info().turns() > 0 ? true : null);
    }
    try (Millrace millrace =
        at(place)
            .pool("slow", PoolOptions.virtual(2))
            .orchestration(FLOW, (ctx, name) -> ctx.call(slow, name).await())
            .activity(STEP, name -> Thread.currentThread().getName())
            .open()) {
      assertThat(millrace.instance(FLOW, "one").result(SOON)).startsWith("millrace-activity-slow-");
    }
  }

  private MillraceBuilder twoSteps(Path place) {
    return at(place)
        .orchestration(
            FLOW,
            (ctx, name) ->
                ctx.call(STEP, "first").await() + "+" + ctx.call(STEP, "second").await());
  }

  @Test
  void c43a_shouldStillKnowTheResultWhenReopened() {
    Path place = folder.resolve("known");
    try (Millrace millrace = at(place).orchestration(FLOW, (ctx, name) -> name + "!").open()) {
      for (int i = 0; i < 50; i++) {
        millrace.start(FLOW, "i" + i, "a" + i).result(SOON);
      }
    }
    try (Millrace millrace = at(place).orchestration(FLOW, (ctx, name) -> "other").open()) {
      for (int i = 0; i < 50; i++) {
        assertThat(millrace.instance(FLOW, "i" + i).result(SOON)).isEqualTo("a" + i + "!");
        InstanceHandle<String> again = millrace.start(FLOW, "i" + i, "b");
        assertThat(again.created()).isFalse();
        assertThat(again.resultAsync().join()).isEqualTo("a" + i + "!");
      }
      assertThat(millrace.instance(FLOW, "i7").resultAsync().join()).isEqualTo("a7!");
      assertThat(millrace.list(Long.MAX_VALUE, 100)).hasSize(50);
    }
  }

  @Test
  void c11c_shouldFireAfterReopeningWhenTheDeadlineHasPassed() {
    Path place = folder.resolve("timers");
    ManualTime time = new ManualTime();
    try (Millrace millrace = sleeper(place, time).open()) {
      InstanceHandle<String> handle = millrace.start(FLOW, "one", "a");
      EveryStore.eventually(() -> handle.info().turns() > 0 ? true : null);
    }
    time.advance(60_000);
    try (Millrace millrace = sleeper(place, time).open()) {
      assertThat(millrace.instance(FLOW, "one").result(SOON)).isEqualTo("slept");
    }
  }

  private MillraceBuilder sleeper(Path place, ManualTime time) {
    return at(place)
        .time(time)
        .orchestration(
            FLOW,
            (ctx, name) -> {
              ctx.sleep(Duration.ofMinutes(1)).await();
              return "slept";
            });
  }

  @Test
  void shouldLoseNothingWhenClosedAndReopenedUnderLoad() throws Exception {
    Path place = folder.resolve("load");
    List<String> acknowledged = new ArrayList<>();
    for (int life = 0; life < 4; life++) {
      try (Millrace millrace =
          at(place)
              .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
              .activity(STEP, name -> name)
              .open()) {
        for (int i = 0; i < 100; i++) {
          String id = life + "-" + i;
          millrace.start(FLOW, id, id);
          acknowledged.add(id);
        }
        millrace.close(Duration.ZERO);
      }
    }
    try (Millrace millrace =
        at(place)
            .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
            .activity(STEP, name -> name)
            .open()) {
      for (String id : acknowledged) {
        assertThat(millrace.instance(FLOW, id).result(SOON)).isEqualTo(id);
      }
    }
  }
}
