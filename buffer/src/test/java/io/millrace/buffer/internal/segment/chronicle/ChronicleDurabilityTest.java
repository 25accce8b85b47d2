package io.millrace.buffer.internal.segment.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentWriter;
import io.millrace.buffer.testing.ChildJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleDurabilityTest {

  @TempDir Path root;

  /**
   * Chronicle's own sync covers the block it is writing and no other. Dirty pages of earlier blocks
   * that are still mapped are seen in smaps; block 0 always is, the index lives there.
   */
  @Test
  void shouldForceTheBlocksBeforeTheCurrentOneToo() throws IOException {
    Assumptions.assumeFalse(
        Files.getFileStore(root).type().equals("tmpfs"), "skipped: on tmpfs nothing is ever clean");
    try (ChronicleSegmentStorage storage =
        ChronicleSegmentStorage.open(root, new ChronicleGeometry(256 << 10, 8))) {
      SegmentName name = new SegmentName(1, 1);
      try (SegmentWriter writer = storage.create(name)) {
        writer.force();
        // One batch from the first block into the last.
        while (writer.remainingBytes() > 0) {
          writer.append(ByteBuffer.allocateDirect(32 << 10));
        }
        Map<Long, Long> before = dirtyKilobytesByOffset(Path.of(storage.describe(name)));
        assertThat(before.keySet()).contains(0L, 7L * (256 << 10));
        assertThat(before.get(0L)).isPositive();
        assertThat(before.get(7L * (256 << 10))).isPositive();

        writer.force();

        assertThat(dirtyKilobytesByOffset(Path.of(storage.describe(name))).values())
            .containsOnly(0L);
      }
    }
  }

  @Test
  void shouldKeepWhatWasAppendedWhenTheProcessIsKilledAndBeginAnewBesideIt() throws Exception {
    for (int generation = 1; generation <= 3; generation++) {
      long forced;
      try (ChildJvm child =
          ChildJvm.start(Scribbler.class, root.toString(), String.valueOf(generation))) {
        for (int line = 0; line < 40 * generation; line++) {
          child.awaitLine("FORCED ");
        }
        forced = number(child.awaitLine("FORCED "));
        child.kill();
      }
      assertThat(lastNumberIn(generation))
          .as("generation " + generation)
          .isGreaterThanOrEqualTo(forced);
    }
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, Scribbler.GEOMETRY)) {
      assertThat(storage.list().stream().map(SegmentName::generation).distinct())
          .containsExactly(1L, 2L, 3L);
      storage.create(new SegmentName(4, 1)).close();
    }
  }

  /**
   * Why blocks are reserved before they are mapped: without one, an append ends in an {@link
   * InternalError}, or takes the whole process along, as the compiler pleases. It never returns.
   */
  @Test
  void i6_shouldNeverGoOnWhenAMappedPageIsNotThere() throws Exception {
    List<String> flags = new ArrayList<>(JvmFlags.read().flags());
    flags.add("-XX:ErrorFile=" + root.resolve("hs_err"));
    try (ChildJvm child =
        ChildJvm.start(flags, Scribbler.class, root.toString(), "1", "truncate")) {
      String output = child.finish();
      assertThat(output).doesNotContain("THREW nothing");
      assertThat(output).containsAnyOf("THREW java.lang.InternalError", "SIGBUS");
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }

  /** Reads a generation as plain bytes; the numbers must be dense. */
  private long lastNumberIn(long generation) throws IOException {
    long last = 0;
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, Scribbler.GEOMETRY)) {
      for (SegmentName name : storage.list()) {
        if (name.generation() != generation) {
          continue;
        }
        try (SegmentReader reader = storage.open(name)) {
          ByteBuffer file = ByteBuffer.allocate((int) reader.length());
          assertThat(reader.read(file, 0)).isEqualTo(file.capacity());
          for (int at = 0; at + 12 <= file.capacity(); at += 4) {
            if (file.getInt(at) == Scribbler.MARK) {
              assertThat(file.getLong(at + 4)).isEqualTo(last + 1);
              last++;
              at += 8;
            }
          }
        }
      }
    }
    return last;
  }

  private static Map<Long, Long> dirtyKilobytesByOffset(Path file) throws IOException {
    Map<Long, Long> dirty = new TreeMap<>();
    long offset = -1;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      String[] words = line.split("\\s+");
      if (words[0].contains("-")) {
        offset = line.endsWith(file.toString()) ? Long.parseLong(words[2], 16) : -1;
      } else if (offset >= 0 && words[0].endsWith("_Dirty:")) {
        dirty.merge(offset, Long.parseLong(words[1]), Long::sum);
      }
    }
    return dirty;
  }
}
