package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.internal.runtime.SqliteStores;
import io.millrace.storage.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** C11d: what timers cost that are far away. */
@Timeout(60)
final class FarTimersTest {

  private static final int FAR = 2_000;
  private static final int NEAR = 3;

  @TempDir private Path folder;
  private final ManualTime time = new ManualTime();
  private final CountedReads reads = new CountedReads(new SqliteStores(SqliteOptions.defaults()));

  private Millrace open() {
    return Millrace.builder(folder.resolve("data"))
        .journal(JournalKind.FILES)
        .buffer(options -> options.segmentBytes(8 << 20))
        .store(reads)
        .residentInstancesMax(0)
        .time(time)
        .orchestration(
            EveryStore.FLOW,
            (ctx, days) -> {
              ctx.sleep(Duration.ofDays(Integer.parseInt(days))).await();
              return days;
            })
        .open();
  }

  @Test
  void c11d_shouldReadOnlyTheTimersThatAreNear() {
    try (Millrace millrace = open()) {
      List<CompletableFuture<?>> started = new ArrayList<>();
      for (int i = 0; i < FAR + NEAR; i++) {
        String days = i < NEAR ? "1" : "365";
        started.add(millrace.startAsync(EveryStore.FLOW, "s" + i, days));
      }
      started.forEach(CompletableFuture::join);
      EveryStore.eventually(() -> millrace.statistics().turns() == FAR + NEAR ? true : null);
    }
    reads.reset();
    try (Millrace millrace = open()) {
      assertThat(reads.timers.get()).as("timers read at open").isZero();
      assertThat(reads.instances.get()).as("instances loaded at open").isZero();
      assertThat(millrace.statistics().live()).isZero();
      time.advance(Duration.ofDays(1).toMillis());
      EveryStore.eventually(() -> millrace.statistics().completed() >= NEAR ? true : null);
      assertThat(millrace.statistics().completed()).isEqualTo(NEAR);
      assertThat(millrace.statistics().timersFired()).isEqualTo(NEAR);
    }
    assertThat(reads.timers.get()).as("timers read in all").isEqualTo(NEAR);
    assertThat(reads.instances.get()).as("instances loaded in all").isEqualTo(NEAR);
  }
}
