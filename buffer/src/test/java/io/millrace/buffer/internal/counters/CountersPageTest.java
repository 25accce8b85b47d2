package io.millrace.buffer.internal.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.CountersLook;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Health;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.buffer.metrics.RunningWork;
import io.millrace.buffer.metrics.SnapshotBuilder;
import io.millrace.buffer.testing.Entry;
import io.millrace.buffer.testing.Eventually;
import io.millrace.buffer.testing.SmallStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CountersPageTest {

  private static final UUID STORE = new UUID(1, 2);

  @TempDir Path directory;

  @Test
  void shouldShowToOthersWhatTheBufferDoes() throws Exception {
    SmallStore store = new SmallStore();
    BufferOptions options =
        BufferOptions.builder()
            .journalKind(JournalKind.FILES)
            .segmentBytes(1 << 20)
            .recordBytesMax(64 << 10)
            .spaceReserveBytes(0)
            .flushPolicy(FlushPolicy.manual())
            .build();
    try (WriteAheadBuffer<Entry> buffer =
        WriteAheadBuffer.open(directory, (file, id) -> store, Entry.CODECS, options)) {
      for (int i = 0; i < 10; i++) {
        buffer.write(Entry.insert(i, i)).get(10, TimeUnit.SECONDS);
      }
      Eventually.so(
          "ten records are shown", () -> look().metrics().value(PipelineMetrics.RECORDS) == 10);
      CountersLook lagging = look();
      assertThat(lagging.state()).isEqualTo(CountersLook.State.OPEN);
      assertThat(lagging.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(lagging.health()).isEqualTo(Health.State.HEALTHY);
      assertThat(lagging.isFresh(lagging.metrics().takenAt().plusSeconds(1))).isTrue();
      assertThat(lagging.isFresh(lagging.metrics().takenAt().plusSeconds(3))).isFalse();
      assertThat(lagging.metrics().value(PipelineMetrics.LAG_RECORDS)).isEqualTo(10);
      assertThat(lagging.metrics().value(PipelineMetrics.LAG_AGE)).isPositive();
      assertThat(lagging.metrics().distribution(PipelineMetrics.FORCE_TIME).count()).isPositive();
      buffer.flush(Duration.ofSeconds(10));
      Eventually.so("nothing lags", () -> look().metrics().value(PipelineMetrics.LAG_AGE) == 0);
      assertThat(buffer.metrics().value(PipelineMetrics.LAG_RECORDS)).isZero();
      assertThat(look().metrics().figures())
          .extracting(figure -> figure.title())
          .containsExactlyElementsOf(buffer.metrics().toMap().keySet());
    }
    CountersLook closed = look();
    assertThat(closed.state()).isEqualTo(CountersLook.State.CLOSED);
    assertThat(closed.metrics().value(PipelineMetrics.APPLIED)).isEqualTo(10);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldKeepTextsAndFiguresAsTheyAre() throws IOException {
    String id = "ö".repeat(CountersLayout.ID_BYTES);
    RunningWork work =
        new RunningWork(
            RunningWork.Kind.ACTIVITY, id, "charge", 3, Instant.ofEpochMilli(1_700_000_000_000L));
    MetricsSnapshot snapshot =
        new SnapshotBuilder(Instant.ofEpochMilli(1_700_000_001_000L), 42)
            .add(PipelineMetrics.RECORDS, Long.MAX_VALUE)
            .add(PipelineMetrics.LAG_BYTES, "left", 7)
            .add(work)
            .build();
    Health health =
        new Health(Health.State.READ_ONLY, Health.Concern.STORE_LAGS, "lagBytes=7", null);
    try (CountersPage page = CountersPage.open(directory, STORE, 9)) {
      assertThat(look().state()).isEqualTo(CountersLook.State.RECOVERING);
      page.show(() -> snapshot, () -> health);
      Eventually.so("two figures are shown", () -> look().metrics().figures().size() == 2);
      CountersLook look = look();
      assertThat(look.storeId()).isEqualTo(STORE);
      assertThat(look.epoch()).isEqualTo(9);
      assertThat(look.concern()).isEqualTo(Health.Concern.STORE_LAGS);
      assertThat(look.reason()).isEqualTo("lagBytes=7");
      assertThat(look.metrics().takenAtNanos()).isEqualTo(42);
      assertThat(look.metrics().value(PipelineMetrics.RECORDS)).isEqualTo(Long.MAX_VALUE);
      assertThat(look.metrics().value(PipelineMetrics.LAG_BYTES, "left")).isEqualTo(7);
      RunningWork seen = look.metrics().running().get(0);
      assertThat(seen.instanceId()).isEqualTo("ö".repeat(CountersLayout.ID_BYTES / 2));
      assertThat(seen.since()).isEqualTo(work.since());
      assertThat(seen.attempt()).isEqualTo(3);
    }
  }

  @Test
  void shouldNeverShowHalfOfTwoMoments() throws IOException {
    long[] count = new long[1];
    try (CountersPage page = CountersPage.open(directory, STORE, 1)) {
      page.show(
          () -> {
            count[0]++;
            SnapshotBuilder next = new SnapshotBuilder(Instant.now(), count[0]);
            for (int i = 0; i < 100; i++) {
              next.add(PipelineMetrics.RECORDS, "part-" + i, count[0]);
            }
            return next.build();
          },
          () -> Health.HEALTHY);
      Eventually.so("it is written again and again", () -> look().metrics().takenAtNanos() > 2);
      for (int looks = 0; looks < 200; looks++) {
        MetricsSnapshot seen = look().metrics();
        assertThat(seen.figures()).allMatch(figure -> figure.value() == seen.takenAtNanos());
      }
    }
  }

  @Test
  void shouldReadOrRefuseWhateverIsThere() throws IOException {
    assertThat(CountersLook.read(directory)).isEmpty();
    CountersPage.open(directory, STORE, 1).close();
    assertThat(look().state()).isEqualTo(CountersLook.State.CLOSED);
    byte[] whole = Files.readAllBytes(file());
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    for (int damage = 0; damage < 300; damage++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i < 20; i++) {
        bytes[CountersLayout.BODY_AT + random.nextInt(4_000)] = (byte) random.nextInt();
      }
      Files.write(file(), bytes);
      look();
    }
    Files.write(file(), new byte[10]);
    assertThatThrownBy(() -> CountersLook.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a page of live figures");
    whole[CountersLayout.VERSION_AT] = 2;
    Files.write(file(), whole);
    assertThatThrownBy(() -> CountersLook.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version=2");
  }

  private Path file() {
    return directory.resolve(CountersLayout.FILE);
  }

  private CountersLook look() {
    try {
      return CountersLook.read(directory).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
