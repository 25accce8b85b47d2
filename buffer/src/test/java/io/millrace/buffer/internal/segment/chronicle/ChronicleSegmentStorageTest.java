package io.millrace.buffer.internal.segment.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentStorageContract;
import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleSegmentStorageTest extends SegmentStorageContract {

  private static final ChronicleGeometry SMALL = new ChronicleGeometry(256 << 10, 2);
  private static final int MAGIC = 0x600DF00D;

  @TempDir Path temporary;

  private Path root = Path.of("");

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temporary.resolve("own"));
  }

  @Override
  protected SegmentStorage openStorage() throws IOException {
    return ChronicleSegmentStorage.open(
        Files.createDirectories(temporary.resolve("contract")), SMALL);
  }

  @Test
  void shouldKeepLengthAndBlocksFromPreparingToTheLastAppendOverManyRolls() throws IOException {
    Random random = new Random(42);
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL)) {
      SegmentName name = new SegmentName(7, 1);
      for (int roll = 0; roll < 12; roll++, name = name.next()) {
        storage.prepare(name);
        assertThat(storage.isPrepared(name)).isTrue();
        List<ByteBuffer> appended = new ArrayList<>();
        try (SegmentWriter writer = storage.create(name)) {
          assertThat(storage.isPrepared(name)).isFalse();
          assertThat(writer.remainingBytes()).isGreaterThanOrEqualTo(SMALL.segmentBytes());
          while (writer.remainingBytes() > 0) {
            appended.add(append(writer, random, storage.appendBytesMax()));
          }
          writer.force();
        }
        assertReserved(Path.of(storage.describe(name)));
        assertThat(found(storage, name)).isEqualTo(appended);
      }
      for (SegmentName made : storage.list()) {
        assertReserved(Path.of(storage.describe(made)));
      }
      assertThat(storage.list()).hasSize(12);
    }
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL)) {
      for (SegmentName made : storage.list()) {
        assertReserved(Path.of(storage.describe(made)));
      }
    }
  }

  @Test
  void shouldTakeTheLongestAppendAtTheLastPlaceWhereOneMayStart() throws IOException {
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL)) {
      SegmentName name = new SegmentName(1, 1);
      try (SegmentWriter writer = storage.create(name)) {
        while (writer.remainingBytes() > 2L * storage.appendBytesMax()) {
          writer.append(ByteBuffer.allocate(storage.appendBytesMax()));
        }
        while (writer.remainingBytes() > 16) {
          writer.append(ByteBuffer.allocate(8));
        }
        writer.append(ByteBuffer.allocate(storage.appendBytesMax()));
        assertThat(writer.remainingBytes()).isZero();
        assertThatThrownBy(() -> writer.append(ByteBuffer.allocate(4)))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("full");
      }
      try (SegmentWriter next = storage.create(name.next())) {
        next.append(ByteBuffer.allocate(4));
      }
      assertReserved(Path.of(storage.describe(name)));
    }
  }

  @Test
  void shouldRefuseAnAppendThatChronicleCouldNotTake() throws IOException {
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL);
        SegmentWriter writer = storage.create(new SegmentName(1, 1))) {
      assertThatThrownBy(() -> writer.append(ByteBuffer.allocate(storage.appendBytesMax() + 4)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.append(ByteBuffer.allocate(6)))
          .isInstanceOf(IllegalArgumentException.class);
      writer.append(ByteBuffer.allocate(0));
      writer.append(ByteBuffer.allocate(storage.appendBytesMax()));
    }
  }

  @Test
  void shouldMakeEverythingPrivate() throws IOException {
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL);
        SegmentWriter writer = storage.create(new SegmentName(3, 1))) {
      writer.append(ByteBuffer.allocate(4));
      storage.prepare(new SegmentName(3, 2));
      try (Stream<Path> below = Files.walk(root).skip(1)) {
        assertThat(below.toList())
            .hasSize(4)
            .allSatisfy(
                path ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
      }
    }
  }

  @Test
  void shouldDeleteTheGenerationsFolderWithItsLastSegment() throws IOException {
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL)) {
      storage.create(new SegmentName(1, 1)).close();
      storage.create(new SegmentName(1, 2)).close();
      storage.create(new SegmentName(2, 1)).close();
      storage.delete(new SegmentName(1, 1));
      storage.delete(new SegmentName(1, 1));
      assertThat(storage.list()).containsExactly(new SegmentName(1, 2), new SegmentName(2, 1));
      storage.delete(new SegmentName(1, 2));
      storage.delete(new SegmentName(1, 2));
      assertThat(root.resolve("0000000001")).doesNotExist();
      assertThat(mappedFiles()).noneMatch(file -> file.contains(root + "/0000000001"));
    }
  }

  @Test
  void shouldLetGoOfASegmentThatIsDeletedWhileItsGenerationGoesOn() throws IOException {
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL)) {
      SegmentName first = new SegmentName(5, 1);
      try (SegmentWriter writer = storage.create(first)) {
        writer.append(ByteBuffer.allocate(400));
      }
      try (SegmentWriter writer = storage.create(first.next())) {
        storage.delete(first);
        writer.append(ByteBuffer.allocate(400));
        writer.force();
        assertThat(storage.list()).containsExactly(first.next());
        assertThat(mappedFiles())
            .noneMatch(file -> file.contains("(deleted)") && file.contains(root.toString()));
      }
      try (SegmentWriter writer = storage.create(first.next().next())) {
        writer.append(ByteBuffer.allocate(400));
      }
    }
  }

  @Test
  void shouldUseAgainWhatAnEarlierLifePreparedIfItIsWhole() throws IOException {
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL)) {
      storage.prepare(new SegmentName(1, 1));
      storage.prepare(new SegmentName(1, 2));
    }
    Files.write(root.resolve("0000000001-00000009.ready"), new byte[100]);
    Files.write(root.resolve("0000000001-00000010.filling"), new byte[100]);
    Object inode = inodeOfTheOnlySpare();
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL)) {
      assertThat(storage.list()).isEmpty();
      SegmentName name = new SegmentName(2, 1);
      assertThat(storage.isPrepared(name)).isFalse();
      try (SegmentWriter writer = storage.create(name)) {
        writer.append(ByteBuffer.allocate(8));
        Path file = Path.of(storage.describe(name));
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
        assertReserved(file);
      }
      try (Stream<Path> left = Files.list(root)) {
        assertThat(left).containsExactly(root.resolve("0000000002"));
      }
    }
  }

  @Test
  void shouldRefuseToGoOnInAGenerationOfAnotherLife() throws IOException {
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL)) {
      storage.create(new SegmentName(1, 1)).close();
    }
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL)) {
      assertThatThrownBy(() -> storage.create(new SegmentName(1, 1)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> storage.create(new SegmentName(1, 2)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("must be empty");
      storage.create(new SegmentName(2, 1)).close();
    }
  }

  @Test
  void shouldBeginAGenerationWhoseFirstSegmentWasNeverMade() throws IOException {
    Path folder = Files.createDirectory(root.resolve("0000000004"));
    Files.write(folder.resolve("metadata.cq4t"), new byte[77]);
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL);
        SegmentWriter writer = storage.create(new SegmentName(4, 1))) {
      writer.append(ByteBuffer.allocate(8));
      assertThat(writer.remainingBytes()).isPositive();
    }
  }

  /** Recovery copies on the opening thread; then the commit thread goes on in the same segment. */
  @Test
  void shouldGoFromOneThreadToAnotherBetweenAppends() throws Exception {
    Random random = new Random(11);
    ExecutorService opener = Executors.newSingleThreadExecutor();
    ExecutorService commit = Executors.newSingleThreadExecutor();
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, SMALL)) {
      SegmentName name = new SegmentName(1, 1);
      List<ByteBuffer> appended = new ArrayList<>();
      SegmentWriter writer = opener.submit(() -> storage.create(name)).get();
      appended.add(opener.submit(() -> append(writer, random, 1000)).get());
      while (writer.remainingBytes() > 1000) {
        appended.add(commit.submit(() -> append(writer, random, 100)).get());
      }
      commit
          .submit(
              () -> {
                writer.close();
                return null;
              })
          .get();
      SegmentWriter next = commit.submit(() -> storage.create(name.next())).get();
      commit.submit(() -> append(next, random, 100)).get();
      assertThat(found(storage, name)).isEqualTo(appended);
    } finally {
      opener.shutdownNow();
      commit.shutdownNow();
    }
  }

  @Test
  void shouldServeTwoEnginesInOneProcess() throws IOException {
    Path one = Files.createDirectory(root.resolve("one"));
    Path two = Files.createDirectory(root.resolve("two"));
    Random random = new Random(7);
    try (ChronicleSegmentStorage first = ChronicleSegmentStorage.open(one, SMALL);
        ChronicleSegmentStorage second = ChronicleSegmentStorage.open(two, SMALL)) {
      SegmentName name = new SegmentName(1, 1);
      List<ByteBuffer> mine = new ArrayList<>();
      List<ByteBuffer> theirs = new ArrayList<>();
      try (SegmentWriter a = first.create(name);
          SegmentWriter b = second.create(name)) {
        for (int i = 0; i < 100; i++) {
          mine.add(append(a, random, 1000));
          theirs.add(append(b, random, 1000));
        }
      }
      assertThat(found(first, name)).isEqualTo(mine);
      assertThat(found(second, name)).isEqualTo(theirs);
    }
  }

  /** Magic, length, random bytes, a multiple of 4 in all. */
  private static ByteBuffer append(SegmentWriter writer, Random random, int bytesMax)
      throws IOException {
    int words = 2 + random.nextInt(random.nextInt(20) == 0 ? bytesMax / 4 - 2 : 100);
    ByteBuffer bytes = ByteBuffer.allocate(words * 4);
    random.nextBytes(bytes.array());
    bytes.putInt(0, MAGIC).putInt(4, words * 4);
    writer.append(bytes);
    assertThat(bytes.hasRemaining()).isFalse();
    return bytes.rewind();
  }

  /** What a scan of the plain file in steps of 4 finds. */
  private static List<ByteBuffer> found(ChronicleSegmentStorage storage, SegmentName name)
      throws IOException {
    try (SegmentReader reader = storage.open(name)) {
      ByteBuffer file = ByteBuffer.allocate((int) reader.length());
      assertThat(reader.read(file, 0)).isEqualTo(file.capacity());
      List<ByteBuffer> found = new ArrayList<>();
      for (int at = 0; at < file.capacity(); at += 4) {
        if (file.getInt(at) == MAGIC) {
          byte[] bytes = new byte[file.getInt(at + 4)];
          file.get(at, bytes);
          found.add(ByteBuffer.wrap(bytes));
          at += bytes.length - 4;
        }
      }
      return found;
    }
  }

  private Object inodeOfTheOnlySpare() throws IOException {
    try (Stream<Path> spares = Files.list(root)) {
      List<Path> whole =
          spares.filter(file -> file.toFile().length() == SMALL.fileBytes()).toList();
      assertThat(whole).hasSize(1);
      return Files.getAttribute(whole.get(0), "unix:ino");
    }
  }

  /** The length is that of the beginning, and every block of it is really there. */
  private static void assertReserved(Path file) throws IOException {
    assertThat(file).hasSize(SMALL.fileBytes());
    assertThat(allocatedBytes(file)).isGreaterThanOrEqualTo(SMALL.fileBytes());
  }

  private static long allocatedBytes(Path file) throws IOException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    String blocks =
        new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    return 512 * Long.parseLong(blocks);
  }

  private static List<String> mappedFiles() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps"));
  }
}
