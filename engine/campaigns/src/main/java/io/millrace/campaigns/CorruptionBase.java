package io.millrace.campaigns;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.CheckpointPolicy;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Inspection;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.Maintenance;
import io.millrace.buffer.Pipelines;
import io.millrace.buffer.RecoveredPipeline;
import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.storage.RecordId;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.sqlite.SqliteInspection;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.sqlite.SqliteOrchestrationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The intact directories that are damaged, as bytes: record n holds timers of numbers that nobody
 * else has, so that what is read back says by itself which records it came from.
 *
 * @param young the directory as it was some lives ago
 * @param intact the directory as it is, its store behind its journal
 * @param applied where its store stands
 * @param end where its journal ends
 * @param recorded up to where its marks say that it was synced
 */
record CorruptionBase(
    Map<String, byte[]> young,
    Map<String, byte[]> intact,
    RecordId applied,
    long end,
    long recorded) {

  /** More than any record holds: a timer's number says whose it is. */
  private static final int TIMERS_MAX = 300;

  private static final long INSTANCE = 1;
  private static final String LOCK = "LOCK";

  /** Makes a directory and reads it. */
  static CorruptionBase make(Path directory, JournalKind kind) throws IOException, StoreException {
    write(directory, kind, 1, 25);
    write(directory, kind, 26, 60);
    Map<String, byte[]> young = read(directory);
    write(directory, kind, 61, 90);
    write(directory, kind, 91, 140);
    Map<String, byte[]> intact = read(directory);
    try (Maintenance held = Maintenance.open(directory)) {
      RecordId applied = SqliteInspection.of(held.storeFile(), held.storeId()).applied();
      Inspection inspection = held.inspect(applied, RowMutationCodec.factory());
      if (!inspection.sound()) {
        throw new IOException("the base is damaged already: " + inspection);
      }
      return new CorruptionBase(
          young, intact, applied, inspection.readableThrough(), inspection.syncedThrough());
    }
  }

  private static BufferOptions options(JournalKind kind) {
    return BufferOptions.builder()
        .journalKind(kind)
        .segmentBytes(1 << 20)
        .recordBytesMax(128 << 10)
        .spaceReserveBytes(0)
        .flushPolicy(FlushPolicy.manual())
        .checkpointPolicy(
            new CheckpointPolicy(1L << 30, Duration.ofHours(1), 1L << 30, Duration.ofHours(1)))
        .closeFlushTimeout(Duration.ZERO)
        .build();
  }

  private static SqliteOrchestrationStore store(Path file, java.util.UUID id)
      throws StoreException {
    return SqliteOrchestrationStore.open(file, id, SqliteOptions.defaults());
  }

  private static void write(Path directory, JournalKind kind, int first, int last) {
    write(directory, kind, first, last, record -> {});
  }

  /**
   * Opening applies what the lives before left; what this one writes stays in the journal.
   *
   * @param heard is told each record once it is acknowledged as synced
   */
  static void write(Path directory, JournalKind kind, long first, long last, LongConsumer heard) {
    try (WriteAheadBuffer<RowMutation> buffer =
        WriteAheadBuffer.open(
            directory, CorruptionBase::store, RowMutationCodec.factory(), options(kind))) {
      for (long record = first; record <= last; record++) {
        List<RowMutation> mutations = new ArrayList<>();
        for (int i = 0; i < timersOf(record); i++) {
          long number = record * TIMERS_MAX + i;
          mutations.add(
              new RowMutation.Insert(new TimerRow(number, INSTANCE, 1, 1, value(number))));
        }
        buffer.write(mutations).join();
        heard.accept(record);
      }
    }
  }

  /** From a few to a record of several pages, most of them small: a campaign opens thousands. */
  private static int timersOf(long record) {
    return record % 20 == 0 ? TIMERS_MAX : 5 + (int) (record * 37 % 60);
  }

  private static long value(long number) {
    return (number * 0x9E3779B97F4A7C15L) >>> 1;
  }

  /**
   * Opens a directory as an engine does and checks every row.
   *
   * @return the last record it holds
   * @throws BrokenPromiseException if a row is missing, wrong, or of nobody
   */
  static long openAndCheck(Path directory, JournalKind kind) throws StoreException {
    try (RecoveredPipeline<RowMutation, SqliteOrchestrationStore> recovered =
        Pipelines.recover(
            directory, CorruptionBase::store, RowMutationCodec.factory(), options(kind))) {
      long kept = recovered.position();
      Map<Long, Integer> perRecord = new HashMap<>();
      try (OrchestrationReader reader = recovered.store().read()) {
        for (TimerRow timer : reader.timers(INSTANCE)) {
          if (timer.fireAtMillis() != value(timer.number())) {
            throw new BrokenPromiseException("a wrong row was served, timer=" + timer, null);
          }
          perRecord.merge(timer.number() / TIMERS_MAX, 1, Integer::sum);
        }
      }
      for (long record = 1; record <= kept; record++) {
        Integer found = perRecord.remove(record);
        if (found == null || found != timersOf(record)) {
          throw new BrokenPromiseException(
              "rows are missing, record=" + record + " found=" + found + " kept=" + kept, null);
        }
      }
      if (!perRecord.isEmpty()) {
        throw new BrokenPromiseException(
            "rows of records beyond the end, kept=" + kept + " records=" + perRecord.keySet(),
            null);
      }
      return kept;
    }
  }

  static Map<String, byte[]> read(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        // Closing a descriptor of it would drop the lock of whoever holds it; and it means nothing.
        if (!name.equals(LOCK)) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  /** Writes files into an empty place that only its owner reads. */
  static void write(Path directory, Map<String, byte[]> files) throws IOException {
    Folders.remove(directory);
    Folders.makePrivate(directory);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Folders.makePrivate(path.resolveSibling("").normalize());
      Files.write(path, file.getValue());
    }
  }
}
