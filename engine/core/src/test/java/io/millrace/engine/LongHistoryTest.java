package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.internal.runtime.SqliteStores;
import io.millrace.storage.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An execution of many turns. */
@Timeout(60)
final class LongHistoryTest {

  private static final int BEFORE = 300;
  private static final int AFTER = 100;

  @TempDir private Path folder;
  private final CountedReads reads = new CountedReads(new SqliteStores(SqliteOptions.defaults()));

  private Millrace open(UnaryOperator<MillraceBuilder> how) {
    return how.apply(
            Millrace.builder(folder.resolve("data"))
                .journal(JournalKind.FILES)
                .buffer(options -> options.segmentBytes(8 << 20))
                .store(reads)
                .orchestration(
                    EveryStore.FLOW,
                    (ctx, name) -> {
                      int length = 0;
                      for (int i = 0; i < BEFORE + AFTER; i++) {
                        length += ctx.call(EveryStore.STEP, name + i).await().length();
                      }
                      return String.valueOf(length);
                    }))
        .open();
  }

  @Test
  void shouldReadItsHistoryOnceAfterAReopening() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    try (Millrace first =
        open(
            builder ->
                builder.activity(
                    EveryStore.STEP,
                    name -> {
                      if (name.equals("a" + BEFORE)) {
                        reached.countDown();
                        new CountDownLatch(1).await();
                      }
                      return name;
                    }))) {
      first.start(EveryStore.FLOW, "one", "a");
      reached.await();
      first.close(Duration.ZERO);
    }
    reads.reset();
    try (Millrace second = open(builder -> builder.activity(EveryStore.STEP, name -> name))) {
      String result = second.instance(EveryStore.FLOW, "one").result(EveryStore.SOON);
      assertThat(result).isEqualTo("1490");
      assertThat(second.statistics().turns()).isEqualTo(AFTER);
    }
    assertThat(reads.turns.get()).as("turns read").isEqualTo(BEFORE + 1);
    assertThat(reads.instances.get()).as("instances read").isEqualTo(1);
  }
}
