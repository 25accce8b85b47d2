package io.millrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.testing.Entry;
import io.millrace.buffer.testing.SmallStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class WriteAheadBufferTest {

  @TempDir Path directory;

  private static BufferOptionsBuilder small(JournalKind kind) {
    return BufferOptions.builder()
        .journalKind(kind)
        .segmentBytes(1 << 20)
        .recordBytesMax(256 << 10)
        .spaceReserveBytes(0);
  }

  private WriteAheadBuffer<Entry> open(SmallStore store, BufferOptions options) {
    return WriteAheadBuffer.open(directory, (file, id) -> store, Entry.CODECS, options);
  }

  @ParameterizedTest
  @EnumSource(JournalKind.class)
  void shouldKeepEveryWriteOverSeveralLives(JournalKind kind) throws Exception {
    SmallStore store = new SmallStore();
    long perLife = 20_000;
    for (int life = 0; life < 3; life++) {
      try (WriteAheadBuffer<Entry> buffer = open(store, small(kind).build())) {
        assertThat(buffer.recovery().orElseThrow().journalPosition()).isEqualTo(perLife * life);
        List<CompletableFuture<Long>> futures = new ArrayList<>();
        for (int i = 0; i < perLife; i++) {
          long number = perLife * life + i;
          futures.add(buffer.write(Entry.insert(number, number)));
        }
        long last = 0;
        for (CompletableFuture<Long> future : futures) {
          long position = future.get(20, TimeUnit.SECONDS);
          assertThat(position).isEqualTo(perLife * life + ++last);
        }
        assertThat(buffer.progress().synced()).isEqualTo(perLife * (life + 1));
        buffer.flush(Duration.ofSeconds(20));
        assertThat(store.rows()).hasSize((int) perLife * (life + 1));
        PipelineStatistics did = buffer.statistics();
        assertThat(did.records()).isEqualTo(perLife);
        assertThat(did.journalForces()).isPositive().isLessThan(perLife);
        assertThat(did.forceNanosMax()).isPositive().isLessThanOrEqualTo(did.forceNanos());
      }
      store = store.killProcess();
    }
  }

  @ParameterizedTest
  @EnumSource(JournalKind.class)
  void shouldReplayWhatTheStoreHadNotSeen(JournalKind kind) throws Exception {
    SmallStore store = new SmallStore();
    BufferOptions lazy =
        small(kind).flushPolicy(FlushPolicy.manual()).closeFlushTimeout(Duration.ZERO).build();
    try (WriteAheadBuffer<Entry> buffer = open(store, lazy)) {
      for (int i = 0; i < 100; i++) {
        buffer.write(Entry.insert(i, i)).get(10, TimeUnit.SECONDS);
      }
      assertThat(store.rows()).isEmpty();
    }
    SmallStore next = store.killProcess();
    try (WriteAheadBuffer<Entry> buffer = open(next, lazy)) {
      assertThat(buffer.recovery().orElseThrow().recordsReplayed()).isEqualTo(100);
      assertThat(next.rows()).hasSize(100);
    }
  }

  @Test
  void shouldRefuseAWriteLargerThanARecord() throws Exception {
    SmallStore store = new SmallStore();
    try (WriteAheadBuffer<Entry> buffer = open(store, small(JournalKind.FILES).build())) {
      buffer.write(Entry.large(1, 1, 200 << 10)).get(10, TimeUnit.SECONDS);
      CompletableFuture<Long> tooLarge = buffer.write(Entry.large(2, 2, 257 << 10));
      assertThatThrownBy(() -> tooLarge.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(RecordTooLargeException.class)
          .hasMessageContaining("recordBytesMax=262144");
      assertThat(buffer.write(Entry.insert(3, 3)).get(10, TimeUnit.SECONDS)).isEqualTo(2);
      buffer.flush(Duration.ofSeconds(10));
      assertThat(store.rows()).containsOnlyKeys(1L, 3L);
    }
  }

  @Test
  void i8_shouldRefuseASecondOwner() {
    try (WriteAheadBuffer<Entry> first = open(new SmallStore(), small(JournalKind.FILES).build())) {
      assertThatThrownBy(() -> open(new SmallStore(), small(JournalKind.FILES).build()))
          .isInstanceOfSatisfying(
              BufferOpenException.class,
              e -> assertThat(e.reason()).isEqualTo(BufferOpenException.Reason.LOCKED));
      assertThat(first.failure()).isEmpty();
    }
  }
}
