package io.millrace.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a view of an {@link OrchestrationStore} shows while the writer goes on. */
public abstract class OrchestrationStoreViewContract {

  private static final long SEED = 1_061;
  private static final int BATCHES = 300;
  private static final int READERS = 3;

  /** Where the store under test may lie; empty at first. */
  @TempDir protected Path directory;

  /** Opens the store in a directory, anew if there is none; the test closes it. */
  protected abstract OrchestrationStore open(Path directory) throws StoreException;

  private static RecordId at(long position) {
    return new RecordId(position, 1, (int) position);
  }

  @Test
  void shouldShowTheSameWhateverIsAppliedMeanwhile() throws StoreException {
    List<List<RowMutation>> records = new RandomRows(SEED).records(400);
    List<RowMutation> touched = records.stream().flatMap(List::stream).toList();
    try (OrchestrationStore store = open(directory)) {
      apply(store, records, 0, 200);
      try (OrchestrationReader first = store.read()) {
        List<String> before = OrchestrationDump.of(first, touched);
        apply(store, records, 200, 300);
        try (OrchestrationReader second = store.read()) {
          List<String> between = OrchestrationDump.of(second, touched);
          apply(store, records, 300, 400);

          assertThat(OrchestrationDump.of(first, touched)).as("seed=%d", SEED).isEqualTo(before);
          assertThat(OrchestrationDump.of(second, touched)).as("seed=%d", SEED).isEqualTo(between);
          assertThat(between).isNotEqualTo(before);
          assertThat(first.position()).isEqualTo(200);
          assertThat(second.position()).isEqualTo(300);
        }
      }
      try (OrchestrationReader last = store.read()) {
        assertThat(last.position()).isEqualTo(400);
      }
    }
  }

  private static void apply(
      OrchestrationStore store, List<List<RowMutation>> records, int from, int to)
      throws StoreException {
    for (int i = from; i < to; i++) {
      store.apply(Folding.fold(records.get(i)), at(i + 1), CommitMode.NORMAL);
    }
  }

  @Test
  void shouldShowPositionAndRowsOfOneMomentToReadersBesideTheWriter() throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    CountDownLatch finished = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(READERS);
    try (OrchestrationStore store = open(directory)) {
      store.apply(batch(1), at(1), CommitMode.NORMAL);
      List<Future<Integer>> views = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        views.add(readers.submit(lookUntil(finished, reading, store)));
      }
      assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
      for (int position = 2; position <= BATCHES; position++) {
        store.apply(batch(position), at(position), CommitMode.NORMAL);
      }
      finished.countDown();
      for (Future<Integer> view : views) {
        assertThat(view.get(30, TimeUnit.SECONDS)).isPositive();
      }
    } finally {
      finished.countDown();
      readers.shutdownNow();
    }
  }

  /** Returns how many views it looked at. */
  private static Callable<Integer> lookUntil(
      CountDownLatch finished, CountDownLatch reading, OrchestrationStore store) {
    return () -> {
      int views = 0;
      while (views == 0 || finished.getCount() > 0) {
        try (OrchestrationReader reader = store.read()) {
          assertOneMoment(reader);
        }
        views++;
        reading.countDown();
      }
      return views;
    };
  }

  /** The batch at a position adds one instance and one turn, and counts them in instance 1. */
  private static List<RowMutation> batch(int position) {
    return List.of(
        position == 1
            ? new RowMutation.Insert(counting(position))
            : new RowMutation.Update(counting(position)),
        new RowMutation.Insert(row(position + 1, "i" + position, 0)),
        new RowMutation.Insert(OrchestrationStoreContract.turn(1, 1, position, position)));
  }

  private static InstanceRow counting(int position) {
    return row(1, "counting", position);
  }

  private static InstanceRow row(long number, String id, int turns) {
    return new InstanceRow(
        number,
        id,
        "o",
        "",
        InstanceStatus.RUNNING,
        1,
        turns,
        0,
        1,
        1,
        0,
        0,
        0,
        -1,
        number,
        0,
        null,
        null);
  }

  private static void assertOneMoment(OrchestrationReader reader) throws StoreException {
    int position = Math.toIntExact(reader.position());
    assertThat(Objects.requireNonNull(reader.instance(1)).turns()).isEqualTo(position);
    assertThat(reader.history(1, 1, 1, Integer.MAX_VALUE))
        .extracting(HistoryRow::turn)
        .hasSize(position)
        .endsWith(position);
    assertThat(reader.instanceById("i" + position)).isNotNull();
    assertThat(reader.instanceById("i" + (position + 1))).isNull();
    assertThat(LongStream.of(reader.countsByStatus()).sum()).isEqualTo(position + 1);
    assertThat(reader.instancesBefore(Long.MAX_VALUE, 1))
        .extracting(InstanceRow::number)
        .containsExactly(position + 1L);
    assertThat(OrchestrationStoreContract.live(reader)).hasSize(position + 1);
  }
}
