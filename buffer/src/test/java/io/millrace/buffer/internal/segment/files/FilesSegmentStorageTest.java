package io.millrace.buffer.internal.segment.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentStorageContract;
import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSegmentStorageTest extends SegmentStorageContract {

  @TempDir Path root;

  @Override
  protected SegmentStorage openStorage() throws IOException {
    return new FilesSegmentStorage(root, 1 << 16, 1 << 12);
  }

  @Test
  void shouldGiveFilesToTheOwnerAloneWhenCreating() throws IOException {
    try (SegmentStorage storage = openStorage()) {
      storage.create(FIRST).close();

      Path file = Path.of(storage.describe(FIRST));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(""))))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void shouldReserveRealBlocksWhenPreparing() throws IOException {
    try (SegmentStorage storage = openStorage()) {
      storage.prepare(FIRST);
      storage.create(FIRST).close();

      Path file = Path.of(storage.describe(FIRST));
      assertThat(Files.size(file)).isEqualTo((1 << 16) + (1 << 12));
      assertThat(blocksOf512(file)).isGreaterThanOrEqualTo(((1 << 16) + (1 << 12)) / 512);
    }
  }

  /** The JDK does not tell reserved blocks from a hole; stat does. */
  private static long blocksOf512(Path file) throws IOException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return Long.parseLong(new String(stat.getInputStream().readAllBytes(), US_ASCII).trim());
  }

  @Test
  void shouldSayWhatHappenedWhenItsThreadIsInterrupted() throws IOException {
    try (SegmentStorage storage = openStorage();
        SegmentWriter writer = storage.create(FIRST)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> writer.append(ByteBuffer.allocateDirect(8)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("must never be interrupted")
          .hasCauseInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void shouldIgnoreWhatIsNotItsOwnWhenListing() throws IOException {
    Files.createDirectories(root.resolve("notes"));
    Files.writeString(root.resolve("README"), "hello");
    try (SegmentStorage storage = openStorage()) {
      storage.create(FIRST).close();
      Files.writeString(Path.of(storage.describe(FIRST)).resolveSibling("x.txt"), "hello");

      assertThat(storage.list()).containsExactly(FIRST);
    }
  }

  @Test
  void shouldTidyWhatAKilledProcessWasPreparing() throws IOException {
    Path generation = Files.createDirectories(root.resolve("0000000007"));
    Path half = Files.writeString(root.resolve("0000000007-00000003.filling"), "half");
    Path other = Files.writeString(root.resolve("0000000007-00000002.ready"), "another length");

    try (SegmentStorage storage = openStorage()) {
      assertThat(storage.list()).isEmpty();
      assertThat(storage.isPrepared(new SegmentName(7, 2))).isFalse();
      assertThat(generation).doesNotExist();
      assertThat(half).doesNotExist();
      assertThat(other).doesNotExist();
    }
  }
}
