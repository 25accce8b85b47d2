package io.millrace.cli;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.CheckpointPolicy;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.buffer.internal.segment.SegmentFolder;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.testing.Damage;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.sqlite.SqliteOrchestrationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A data directory in which record n holds so many timers, the first of them of number n times
 * {@link #TIMERS}. The store is left behind the journal, as a crash leaves it.
 */
final class TimerDirectory {

  static final int TIMERS = 2_000;

  private final Path path;
  private final JournalKind kind;

  TimerDirectory(Path path, JournalKind kind) {
    this.path = path;
    this.kind = kind;
  }

  Path path() {
    return path;
  }

  private BufferOptions options() {
    return BufferOptions.builder()
        .journalKind(kind)
        .segmentBytes(1 << 20)
        .recordBytesMax(256 << 10)
        .flushPolicy(FlushPolicy.manual())
        .checkpointPolicy(
            new CheckpointPolicy(1L << 30, Duration.ofHours(1), 1L << 30, Duration.ofHours(1)))
        .closeFlushTimeout(Duration.ZERO)
        .build();
  }

  WriteAheadBuffer<RowMutation> open() {
    return WriteAheadBuffer.open(
        path,
        (file, storeId) -> SqliteOrchestrationStore.open(file, storeId, SqliteOptions.defaults()),
        RowMutationCodec.factory(),
        options());
  }

  /** Lives once: whatever is in the journal is applied by opening, what is written here is not. */
  TimerDirectory write(int first, int last) {
    try (WriteAheadBuffer<RowMutation> buffer = open()) {
      for (int record = first; record <= last; record++) {
        buffer.write(record(record)).join();
      }
    }
    return this;
  }

  static List<RowMutation> record(long record) {
    List<RowMutation> mutations = new ArrayList<>();
    for (int i = 0; i < TIMERS; i++) {
      long number = record * TIMERS + i;
      mutations.add(new RowMutation.Insert(new TimerRow(number, 1, 1, 1, number * 1_000)));
    }
    return mutations;
  }

  /** Returns the journal's files, to be damaged. */
  Damage journal() throws IOException {
    SegmentFolder folder = new SegmentFolder(path.resolve("journal"));
    Map<SegmentName, byte[]> files = new TreeMap<>();
    for (SegmentName name : folder.list()) {
      files.put(name, Files.readAllBytes(file(name)));
    }
    return new Damage(files);
  }

  /** Puts damaged files in the place of the journal's. */
  void become(Damage damage) throws IOException {
    SegmentFolder folder = new SegmentFolder(path.resolve("journal"));
    for (SegmentName name : folder.list()) {
      byte[] bytes = damage.files().get(name);
      if (bytes == null) {
        Files.delete(file(name));
      } else {
        Files.write(file(name), bytes);
      }
    }
  }

  Path file(SegmentName name) {
    Path file = new SegmentFolder(path.resolve("journal")).find(name);
    if (file == null) {
      throw new AssertionError("no such segment, name=" + name);
    }
    return file;
  }

  /** Opens once, so that the store catches up, and returns the records it then has, by number. */
  List<Long> recordsAfterOpening() throws SQLException {
    open().close();
    List<Long> records = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path + "/store.db");
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT number / "
                        + TIMERS
                        + ", count(*) FROM open_timers GROUP BY 1 ORDER BY 1")) {
      while (rows.next()) {
        if (rows.getLong(2) != TIMERS) {
          throw new AssertionError("half a record, number=" + rows.getLong(1));
        }
        records.add(rows.getLong(1));
      }
    }
    return records;
  }
}
