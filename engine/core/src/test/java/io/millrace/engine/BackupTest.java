package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.Backup;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backup of a directory in use opens, and holds all that was acknowledged before it began. */
class BackupTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Orchestration<Integer, Integer> FLOW =
      Orchestration.named("flow", Integer.class, Integer.class);
  private static final Activity<Integer, Integer> STEP =
      Activity.named("step", Integer.class, Integer.class);

  @TempDir Path folder;

  private static Millrace open(Path directory, JournalKind kind, FlushPolicy flush) {
    return Millrace.builder(directory)
        .journal(kind)
        .flush(flush)
        .buffer(options -> options.segmentBytes(1 << 20).recordBytesMax(512 << 10))
        .limits(
            EngineLimits.defaults()
                .withPayloadBytesMax(64 << 10)
                .withBufferedEventBytesMax(64 << 10)
                .withKeyValueBytesMax(64 << 10))
        .orchestration(FLOW, (ctx, n) -> ctx.call(STEP, n).await() + 1)
        .activity(STEP, n -> n * 2)
        .open();
  }

  @ParameterizedTest
  @EnumSource
  void shouldRestoreWhatWasAcknowledgedBeforeItWasTakenUnderLoad(JournalKind kind)
      throws Exception {
    Path live = folder.resolve("live");
    AtomicInteger done = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    try (Millrace millrace = open(live, kind, FlushPolicy.balanced())) {
      Thread load =
          new Thread(
              () -> {
                while (!stop.get()) {
                  int n = done.get();
                  millrace.start(FLOW, "i" + n, n).result(SOON);
                  done.incrementAndGet();
                }
              });
      load.start();
      EveryStore.eventually(() -> done.get() >= 200 ? true : null);
      for (int i = 0; i < 4; i++) {
        int before = done.get();
        Backup backup = Millrace.backup(live, folder.resolve("copy" + i));
        assertRestores(backup.directory(), kind, before);
      }
      stop.set(true);
      load.join();
    }
  }

  private static void assertRestores(Path copy, JournalKind kind, int acknowledged) {
    try (Millrace restored = open(copy, kind, FlushPolicy.balanced())) {
      for (int n = 0; n < acknowledged; n++) {
        assertThat(restored.instance(FLOW, "i" + n).result(SOON)).isEqualTo(2 * n + 1);
      }
      assertThat(restored.start(FLOW, "after", 7).result(SOON)).isEqualTo(15);
    }
  }

  @Test
  void shouldHoldWhatOnlyTheJournalHolds() throws IOException {
    Path live = folder.resolve("live");
    Path copy = folder.resolve("copy");
    try (Millrace millrace = open(live, JournalKind.FILES, FlushPolicy.manual())) {
      assertThat(millrace.start(FLOW, "i0", 0).result(SOON)).isEqualTo(1);
      Backup backup = Millrace.backup(live, copy);
      assertThat(backup.journalFiles()).isPositive();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("store.db"))))
        .isEqualTo("rw-------");
    assertRestores(copy, JournalKind.FILES, 1);
  }

  @Test
  void shouldRefuseWhatIsNoDirectoryAndATargetThatIsInUse() throws IOException {
    assertThatThrownBy(() -> Millrace.backup(folder.resolve("none"), folder.resolve("copy")))
        .hasMessageContaining("expected a data directory");
    Path live = folder.resolve("live");
    open(live, JournalKind.FILES, FlushPolicy.balanced()).close();
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.writeString(target.resolve("precious"), "x");
    assertThatThrownBy(() -> Millrace.backup(live, target)).hasMessageContaining("absent or empty");
    assertThat(target.resolve("precious")).hasContent("x");
  }
}
