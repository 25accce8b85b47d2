package io.millrace.campaigns.disks;

import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BufferOptionsBuilder;
import io.millrace.buffer.CheckpointPolicy;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import io.millrace.engine.Activity;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.storage.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What runs on the disks: an orchestration of three steps, on small files that are forced often.
 */
final class Load {

  /** What is run. */
  static final Orchestration<String, String> JOIN =
      Orchestration.named("join", String.class, String.class);

  /** Below this much free space clients are held. */
  static final long RESERVE_BYTES = 8 << 20;

  /** How long the engine waits for a store that is held before it says so. */
  static final Duration BUSY = Duration.ofMillis(100);

  private static final int STEPS = 3;
  private static final long SEGMENT_BYTES = 4 << 20;
  private static final int RECORD_BYTES_MAX = 2 << 20;
  private static final int BUFFERED_BYTES_MAX = 512 << 10;
  private static final Activity<String, String> ECHO =
      Activity.named("echo", String.class, String.class);

  /** So that a journal fills its disk while somebody watches. */
  private static final String BALLAST = "b".repeat(400);

  private Load() {}

  /** Returns an engine to be opened. */
  static MillraceBuilder on(Path directory, JournalKind journal) {
    return Millrace.builder(directory)
        .buffer(Load::options)
        .journal(journal)
        .sqlite(SqliteOptions.builder().busyTimeout(BUSY).build())
        .limits(EngineLimits.defaults().withBufferedEventBytesMax(BUFFERED_BYTES_MAX))
        .orchestration(
            JOIN,
            (ctx, id) -> {
              StringBuilder joined = new StringBuilder();
              for (int step = 0; step < STEPS; step++) {
                String echo = ctx.call(ECHO, id + "/" + step + BALLAST).await();
                joined.append(echo, 0, echo.length() - BALLAST.length()).append(';');
              }
              return joined.toString();
            })
        .activity(ECHO, text -> text);
  }

  private static void options(BufferOptionsBuilder builder) {
    builder
        .segmentBytes(SEGMENT_BYTES)
        .recordBytesMax(RECORD_BYTES_MAX)
        .spaceReserveBytes(RESERVE_BYTES)
        .lagBytesMax(4 << 20)
        .lagBytesHard(16 << 20)
        .flushPolicy(FlushPolicy.eager())
        .checkpointPolicy(
            new CheckpointPolicy(1 << 20, Duration.ofMillis(500), 4 << 20, Duration.ofSeconds(1)))
        .storeRetryMax(Duration.ofMillis(50))
        .backpressurePolicy(BackpressurePolicy.reject());
  }

  /** Returns what an instance returns. */
  static String expectedResult(String id) {
    StringBuilder joined = new StringBuilder();
    for (int step = 0; step < STEPS; step++) {
      joined.append(id).append('/').append(step).append(';');
    }
    return joined.toString();
  }

  /** Returns how many events stand in its history: started, each step twice, ended. */
  static int expectedEvents() {
    return 2 * STEPS + 2;
  }
}
