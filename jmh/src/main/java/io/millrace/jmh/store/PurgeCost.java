package io.millrace.jmh.store;

import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CheckpointMode;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.sqlite.SqliteOpenException;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.sqlite.SqliteOrchestrationStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How long one apply takes that deletes finished instances from SQLite, by how many go in it. Each
 * instance is one of the stress workload: five activities, two turns.
 */
final class PurgeCost {

  private static final int ACTIVITIES = 5;
  private static final int PAYLOAD_BYTES = 60;
  private static final int INSERTED_AT_ONCE = 1_000;
  private static final long CHECKPOINT_BYTES = 16_000_000;
  private static final long TIME = 1_767_225_600_000L;
  private static final long EPOCH = 1L << 43;
  private static final double NANOS_PER_MILLI = 1e6;

  private final SqliteOrchestrationStore store;
  private final Random random = new Random(1);
  private long position;

  private PurgeCost(SqliteOrchestrationStore store) {
    this.store = store;
  }

  /**
   * Measures some sizes of batches.
   *
   * @param arguments how many instances, then how many go in one apply, one size after the other
   */
  public static void main(String[] arguments)
      throws IOException, StoreException, SqliteOpenException {
    int count = Integer.parseInt(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      Path directory = Files.createTempDirectory("millrace-purge-");
      try (SqliteOrchestrationStore store =
          SqliteOrchestrationStore.open(
              directory.resolve("store.db"), new UUID(1, 1), SqliteOptions.defaults())) {
        PurgeCost cost = new PurgeCost(store);
        cost.fill(count);
        cost.purge(count, Integer.parseInt(arguments[i]));
      } finally {
        remove(directory);
      }
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      found.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private void fill(int count) throws StoreException {
    List<RowMutation> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      addInstance(numberOf(i), rows);
      if (i % INSERTED_AT_ONCE == INSERTED_AT_ONCE - 1 || i == count - 1) {
        apply(rows);
        rows.clear();
      }
    }
    store.checkpoint(CheckpointMode.TRUNCATE);
  }

  /** An engine gives every task and message of an instance a number too. */
  private static long numberOf(int instance) {
    return EPOCH + instance * (2L * ACTIVITIES + 2) + 1;
  }

  private void addInstance(long number, List<RowMutation> rows) {
    byte[] bytes = new byte[PAYLOAD_BYTES];
    random.nextBytes(bytes);
    Payload payload = Payload.wrap(bytes);
    List<HistoryEvent> first = new ArrayList<>();
    List<HistoryEvent> second = new ArrayList<>();
    first.add(new HistoryEvent.Started(payload));
    for (int i = 1; i <= ACTIVITIES; i++) {
      first.add(new HistoryEvent.ActivityScheduled("charge", "", payload));
      second.add(new HistoryEvent.ActivityCompleted(i, payload));
    }
    second.add(new HistoryEvent.ExecutionCompleted());
    InstanceRow started =
        InstanceRow.started(number, "order-" + random.nextLong(), "checkout", "1", TIME);
    rows.add(new RowMutation.Insert(ended(started, payload)));
    rows.add(new RowMutation.Insert(new HistoryRow(number, 1, 1, 0, TIME, first)));
    rows.add(new RowMutation.Insert(new HistoryRow(number, 1, 2, first.size(), TIME, second)));
  }

  private static InstanceRow ended(InstanceRow row, Payload output) {
    return new InstanceRow(
        row.number(),
        row.id(),
        row.orchestration(),
        row.version(),
        InstanceStatus.COMPLETED,
        1,
        2,
        2 * ACTIVITIES + 2,
        TIME,
        TIME,
        TIME,
        0,
        0,
        -1,
        row.root(),
        0,
        output,
        null);
  }

  private void purge(int count, int batch) throws StoreException {
    long[] nanos = new long[(count + batch - 1) / batch];
    long total = 0;
    for (int i = 0; i < nanos.length; i++) {
      List<RowMutation> deletes = deletes(i * batch, Math.min(count, (i + 1) * batch));
      long begun = System.nanoTime();
      apply(deletes);
      nanos[i] = System.nanoTime() - begun;
      total += nanos[i];
      if (store.uncheckpointedBytes() > CHECKPOINT_BYTES) {
        store.checkpoint(CheckpointMode.PASSIVE);
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "instances in one apply=%d: p50=%.1f ms, p99=%.1f ms, max=%.1f ms; %d instances in %.1f s%n",
        batch,
        nanos[nanos.length / 2] / NANOS_PER_MILLI,
        nanos[nanos.length * 99 / 100] / NANOS_PER_MILLI,
        nanos[nanos.length - 1] / NANOS_PER_MILLI,
        count,
        total / NANOS_PER_MILLI / 1_000);
  }

  /** What a sweep of a whole instance says, whether there is such a row or not. */
  private static List<RowMutation> deletes(int from, int to) {
    List<RowMutation> deletes = new ArrayList<>();
    for (int i = from; i < to; i++) {
      deletes.add(new RowMutation.DeleteHistory(numberOf(i)));
      deletes.add(new RowMutation.DeleteExecutions(numberOf(i)));
    }
    for (int i = from; i < to; i++) {
      for (Table table : List.of(Table.INSTANCES, Table.ATTRIBUTES, Table.TOMBSTONES)) {
        deletes.add(new RowMutation.Delete(RowKey.of(table, numberOf(i))));
      }
    }
    return deletes;
  }

  private void apply(List<RowMutation> mutations) throws StoreException {
    position++;
    store.apply(mutations, new RecordId(position, 1, 1), CommitMode.NORMAL);
  }
}
