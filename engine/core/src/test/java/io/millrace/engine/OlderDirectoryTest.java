package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.JournalKind;
import io.millrace.storage.orchestration.InstanceStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory that an older version left behind, killed with records in its journal that its store
 * had not applied, goes on where it was (rule R30).
 */
class OlderDirectoryTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Activity<String, String> ECHO =
      Activity.named("echo", String.class, String.class);
  private static final Activity<String, String> SLOW =
      Activity.named("slow", String.class, String.class);
  private static final Orchestration<String, String> STEPS =
      Orchestration.named("steps", String.class, String.class);
  private static final Orchestration<String, String> WAITS =
      Orchestration.named("waits", String.class, String.class);
  private static final Orchestration<String, String> SLEEPS =
      Orchestration.named("sleeps", String.class, String.class);
  private static final Orchestration<String, String> CALLS =
      Orchestration.named("calls", String.class, String.class);
  private static final Orchestration<String, String> FAILS =
      Orchestration.named("fails", String.class, String.class);

  private static final Event<String> GO = Event.named("go", String.class);

  @TempDir Path directory;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream packed =
            Objects.requireNonNull(
                OlderDirectoryTest.class.getResourceAsStream("/directories/format-1.zip"));
        ZipInputStream zip = new ZipInputStream(packed)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve(entry.getName()).normalize();
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
  }

  /** The code that the directory's instances ran. */
  private Millrace open() {
    return Millrace.builder(directory)
        .journal(JournalKind.FILES)
        .activity(ECHO, text -> text)
        .activity(SLOW, text -> text)
        .orchestration(
            STEPS, (ctx, in) -> ctx.call(ECHO, in + "1").await() + ctx.call(ECHO, in + "2").await())
        .orchestration(WAITS, (ctx, in) -> in + ctx.waitFor(GO).await() + ctx.waitFor(GO).await())
        .orchestration(
            SLEEPS,
            (ctx, in) -> {
              ctx.sleep(Duration.ofDays(36_500)).await();
              return in;
            })
        .orchestration(CALLS, (ctx, in) -> ctx.call(SLOW, in).await())
        .orchestration(
            FAILS,
            (ctx, in) -> {
              throw new IllegalStateException("on purpose");
            })
        .open();
  }

  @Test
  void r30_shouldGoOnWithWhatAnOlderVersionLeft() {
    try (Millrace millrace = open()) {
      assertThat(millrace.instance(STEPS, "done").result(LIMIT)).isEqualTo("d1d2");
      assertThat(millrace.instance(STEPS, "late").result(LIMIT)).isEqualTo("l1l2");
      assertThat(millrace.instance(CALLS, "calls").result(LIMIT)).isEqualTo("c");
      assertThat(millrace.status("failed")).contains(InstanceStatus.FAILED);
      assertThat(millrace.status("sleeps")).contains(InstanceStatus.RUNNING);

      millrace.raise("waits", GO, "2");
      millrace.raise("waits-late", GO, "3");
      millrace.raise("waits-late", GO, "4");

      assertThat(millrace.instance(WAITS, "waits").result(LIMIT)).isEqualTo("w12");
      assertThat(millrace.instance(WAITS, "waits-late").result(LIMIT)).isEqualTo("w34");
    }
  }

  @Test
  void r30_shouldRaiseTheFormatAndOpenAgain() throws IOException {
    assertThat(directory.resolve("FORMAT")).content().contains("format=1");

    open().close();

    assertThat(directory.resolve("FORMAT")).content().contains("format=3");
    try (Millrace millrace = open()) {
      assertThat(millrace.instance(CALLS, "calls").result(LIMIT)).isEqualTo("c");
      assertThat(millrace.info("done").orElseThrow().createdAt())
          .isBefore(Instant.parse("2027-01-01T00:00:00Z"));
    }
  }
}
