package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BufferOptionsBuilder;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Health;
import io.millrace.buffer.Health.Concern;
import io.millrace.buffer.Health.State;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.testing.SmallDisk;
import io.millrace.storage.sqlite.SqliteOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that fills and a store that somebody holds, met through the whole engine. */
@Timeout(90)
final class EngineHealthTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);

  @TempDir Path temporary;

  private final BlockingQueue<Health> heard = new LinkedBlockingQueue<>();

  private Millrace open(
      Path directory, Consumer<BufferOptionsBuilder> options, SqliteOptions sqlite) {
    Millrace millrace =
        Millrace.builder(directory)
            .buffer(options)
            .sqlite(sqlite)
            .orchestration(FLOW, (ctx, input) -> ctx.call(STEP, input).await() + "!")
            .activity(STEP, String::toUpperCase)
            .limits(EngineLimits.defaults().withBufferedEventBytesMax(512 << 10))
            .open();
    millrace.onHealthChange(heard::add);
    return millrace;
  }

  private static Consumer<BufferOptionsBuilder> options(
      JournalKind kind, Consumer<BufferOptionsBuilder> more) {
    return builder -> more.accept(small(builder).journalKind(kind));
  }

  private static BufferOptionsBuilder small(BufferOptionsBuilder builder) {
    return builder
        .segmentBytes(4 << 20)
        .recordBytesMax(2 << 20)
        .backpressurePolicy(BackpressurePolicy.reject())
        .storeRetryMax(Duration.ofMillis(50));
  }

  private Health await(State state) throws InterruptedException {
    List<Health> passed = new ArrayList<>();
    while (true) {
      Health next = heard.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("expected " + state + " but heard only " + passed);
      }
      if (next.state() == state) {
        return next;
      }
      passed.add(next);
    }
  }

  @ParameterizedTest
  @EnumSource
  void i6_shouldRefuseNewWorkOnAFillingDiskAndTakeItWhenThereIsSpace(JournalKind kind)
      throws IOException, InterruptedException {
    try (SmallDisk disk = SmallDisk.mount(temporary, "64m");
        Millrace millrace =
            open(
                disk.path().resolve("data"),
                options(kind, more -> more.spaceReserveBytes(8 << 20)),
                SqliteOptions.defaults())) {
      assertThat(millrace.start(FLOW, "before", "a").result(SOON)).isEqualTo("A!");
      assertThat(await(State.HEALTHY).admits()).isTrue();
      Path hog = disk.path().resolve("hog");
      fill(hog, Files.getFileStore(disk.path()).getUsableSpace() - (6 << 20));
      Health full = await(State.READ_ONLY);
      assertThat(full.concern()).isEqualTo(Concern.DISK_SHORT);
      assertThatThrownBy(() -> millrace.start(FLOW, "during", "b"))
          .isInstanceOf(BackpressureException.class)
          .hasMessageContaining("space is short");
      // What was known is still known.
      assertThat(millrace.info("before")).isPresent();
      Files.delete(hog);
      assertThat(await(State.HEALTHY).admits()).isTrue();
      assertThat(millrace.start(FLOW, "after", "c").result(SOON)).isEqualTo("C!");
    }
  }

  private static void fill(Path hog, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(hog.toFile(), "rw")) {
      byte[] block = new byte[1 << 16];
      for (long written = 0; written < bytes; written += block.length) {
        file.write(block);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void i7_shouldGoOnWhileAnOutsideProcessHoldsTheStore(JournalKind kind) throws Exception {
    Path directory = temporary.resolve("data");
    try (Millrace millrace =
        open(
            directory,
            options(kind, more -> more.flushPolicy(FlushPolicy.eager())),
            SqliteOptions.builder().busyTimeout(Duration.ofMillis(20)).build())) {
      assertThat(await(State.HEALTHY)).isEqualTo(Health.HEALTHY);
      try (Connection outside =
              DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
          Statement statement = outside.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        // The journal absorbs: whole orchestrations run to their end meanwhile.
        for (int i = 0; i < 20; i++) {
          assertThat(millrace.start(FLOW, "held-" + i, "a" + i).result(SOON))
              .isEqualTo("A" + i + "!");
        }
        Health held = await(State.DEGRADED);
        assertThat(held.concern()).isEqualTo(Concern.STORE_STUMBLES);
        assertThat(held.reason()).contains("an outside process holds the store");
        statement.execute("ROLLBACK");
      }
      assertThat(await(State.HEALTHY)).isEqualTo(Health.HEALTHY);
      assertThat(millrace.start(FLOW, "after", "z").result(SOON)).isEqualTo("Z!");
    }
    try (Millrace again = open(directory, options(kind, more -> {}), SqliteOptions.defaults())) {
      assertThat(again.info("held-19")).isPresent();
    }
  }
}
