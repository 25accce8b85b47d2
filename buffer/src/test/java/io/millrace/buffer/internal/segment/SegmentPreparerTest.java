package io.millrace.buffer.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.internal.segment.chronicle.ChronicleGeometry;
import io.millrace.buffer.internal.segment.chronicle.ChronicleSegmentStorage;
import io.millrace.buffer.internal.segment.files.FilesSegmentStorage;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.buffer.testing.SmallDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentPreparerTest {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration RETRY_MAX = Duration.ofSeconds(1);
  private static final ChronicleGeometry SMALL = new ChronicleGeometry(256 << 10, 2);

  @TempDir Path temporary;

  private final AtomicLong nanos = new AtomicLong(-5);
  private SegmentName upcoming = new SegmentName(1, 1);

  @Test
  void shouldPrepareTheNextSegmentAtItsFirstStepAndThenLookNowAndThen() {
    ForgetfulSegments storage = new ForgetfulSegments(1 << 16, 1 << 12);
    SegmentPreparer preparer = preparer(storage, 0);
    assertThat(preparer.step()).isTrue();
    assertThat(storage.isPrepared(upcoming)).isTrue();
    assertThat(preparer.isSpaceLow()).isFalse();

    upcoming = upcoming.next();
    assertThat(preparer.step()).isFalse();
    assertThat(preparer.nanosToNextStep()).isEqualTo(LOOK.toNanos());
    nanos.addAndGet(LOOK.toNanos());
    assertThat(preparer.step()).isTrue();
    assertThat(storage.isPrepared(upcoming)).isTrue();
  }

  @Test
  void i6_shouldReportAFullDiskBeforeAnAppendMeetsItAndLiftByItself() throws IOException {
    ForgetfulSegments storage = new ForgetfulSegments(1 << 16, 1 << 12);
    SegmentPreparer preparer = preparer(storage, 0);
    preparer.step();
    storage.faults().full(true);
    lookAgain(preparer);
    assertThat(preparer.isSpaceLow()).as("the reserved segment is still there").isFalse();

    storage.create(upcoming).append(ByteBuffer.allocate(1 << 12));
    upcoming = upcoming.next();
    lookAgain(preparer);
    assertThat(preparer.shortage()).isNotNull();
    assertThat(storage.isPrepared(upcoming)).isFalse();

    storage.faults().full(false);
    lookAgain(preparer);
    assertThat(preparer.isSpaceLow()).isFalse();
    assertThat(storage.isPrepared(upcoming)).isTrue();
  }

  @Test
  void i9_shouldTryLessAndLessOftenToALimitWhileTheDiskRefuses() {
    RefusingSegments storage = new RefusingSegments();
    SegmentPreparer preparer = preparer(storage, 0);
    StringBuilder tried = new StringBuilder();
    for (int look = 0; look < 24; look++) {
      int before = storage.tries;
      preparer.step();
      tried.append(storage.tries > before ? 'x' : '.');
      assertThat(preparer.isSpaceLow()).isTrue();
      nanos.addAndGet(LOOK.toNanos());
    }
    // After 0.2, 0.4, 0.8 seconds, then every second.
    assertThat(tried).hasToString("xx.x...x....x....x....x.");
    assertThat(String.valueOf(preparer.shortage())).contains("the disk says no");

    storage.refuses = false;
    nanos.addAndGet(RETRY_MAX.toNanos());
    preparer.step();
    assertThat(preparer.isSpaceLow()).isFalse();
  }

  @Test
  void shouldRefuseAnIntervalThatCannotWork() {
    assertThatThrownBy(
            () ->
                new SegmentPreparer(
                    new RefusingSegments(), () -> upcoming, 0, Duration.ZERO, LOOK, nanos::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("look=PT0S");
  }

  @Test
  void i6_shouldKeepRoomOnAFillingDiskOfChronicleFiles() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(temporary, "4m")) {
      fillAndFree(disk, ChronicleSegmentStorage.open(disk.path(), SMALL));
    }
  }

  @Test
  void i6_shouldKeepRoomOnAFillingDiskOfPlainFiles() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(temporary, "4m")) {
      fillAndFree(disk, new FilesSegmentStorage(disk.path(), 512 << 10, 64 << 10));
    }
  }

  /**
   * Somebody else fills the disk to its last byte. Everything appended up to the end of the
   * reserved segment still goes through, the one after is refused in words, and both end when space
   * is back.
   */
  private void fillAndFree(SmallDisk disk, SegmentStorage opened) throws IOException {
    try (SegmentStorage storage = opened) {
      long reserve = 1 << 20;
      SegmentPreparer preparer = preparer(storage, reserve);
      preparer.step();
      try (SegmentWriter writer = storage.create(upcoming)) {
        upcoming = upcoming.next();
        lookAgain(preparer);
        assertThat(preparer.isSpaceLow()).isFalse();

        Path ballast = disk.path().resolve("ballast");
        fill(ballast);
        lookAgain(preparer);
        assertThat(String.valueOf(preparer.shortage())).contains("reserveBytes=1048576");
        fillUp(storage, writer);
        try (SegmentWriter next = storage.create(upcoming)) {
          upcoming = upcoming.next();
          fillUp(storage, next);
          next.force();
        }
        lookAgain(preparer);
        assertThat(String.valueOf(preparer.shortage())).contains("does not fit");
        assertThatThrownBy(() -> storage.create(upcoming)).isInstanceOf(IOException.class);
        assertThat(disk.path().resolve("0000000001-00000003.filling")).doesNotExist();

        Files.delete(ballast);
        lookAgain(preparer);
        assertThat(preparer.isSpaceLow()).isFalse();
        storage.create(upcoming).close();
      }
    }
  }

  private static void fillUp(SegmentStorage storage, SegmentWriter writer) throws IOException {
    while (writer.remainingBytes() > 0) {
      writer.append(ByteBuffer.allocate(storage.appendBytesMax()));
    }
    writer.force();
  }

  private static void fill(Path ballast) throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      byte[] page = new byte[4096];
      for (; ; ) {
        out.write(page);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private void lookAgain(SegmentPreparer preparer) {
    nanos.addAndGet(RETRY_MAX.toNanos());
    assertThat(preparer.step()).isTrue();
  }

  private SegmentPreparer preparer(SegmentStorage storage, long reserveBytes) {
    return new SegmentPreparer(storage, () -> upcoming, reserveBytes, LOOK, RETRY_MAX, nanos::get);
  }
}
