package io.millrace.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.storage.Mutation;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.Store.CheckpointMode;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link Store} keeps to. A test class of an implementation extends it and fills the
 * seam: how to open one, a few mutations on rows of its own, and a dump of its content.
 *
 * @param <M> the family of mutations
 */
public abstract class StoreContract<M extends Mutation> {

  private static final long SEED = 30_071_963;

  /** Where the store under test may lie; empty at first. */
  @TempDir protected Path directory;

  /** Opens the store in a directory, anew if there is none; the test closes it. */
  protected abstract Store<M> open(Path directory) throws StoreException;

  /** Tells whether what was committed is there after closing and opening again. */
  protected boolean keepsAfterClose() {
    return true;
  }

  /** Tells whether the durable position is always the applied one. */
  protected boolean durableAtOnce() {
    return false;
  }

  /** Returns the insert of row {@code key}, from 1, with a value. */
  protected abstract M insert(int key, int value);

  /** Returns the update of that row to a value. */
  protected abstract M update(int key, int value);

  /** Returns the delete of that row. */
  protected abstract M delete(int key);

  /** Returns the delete of all rows that {@link #insert} can make, empty if there is no such. */
  protected abstract Optional<M> deleteAll();

  /** Returns records of mutations, always the same ones for a seed. */
  protected abstract List<List<M>> records(long seed, int count);

  /**
   * Returns the whole content as text, equal for equal content.
   *
   * @param touched every mutation that was applied, so that rows can be looked for by their keys
   */
  protected abstract List<String> dump(Store<M> store, List<M> touched) throws StoreException;

  /** Returns an identity at a position, other in every part than its neighbours'. */
  protected static RecordId at(long position) {
    return new RecordId(position, 2, (int) (position * 0x9E3779B9L));
  }

  private void apply(Store<M> store, long position, List<M> mutations) throws StoreException {
    store.apply(mutations, at(position), CommitMode.NORMAL);
  }

  /** Returns the dump of a fresh store to which a batch is applied. */
  private List<String> content(String name, List<M> batch, List<M> touched) throws StoreException {
    try (Store<M> store = open(directory.resolve(name))) {
      apply(store, 1, batch);
      return dump(store, touched);
    }
  }

  @Test
  void shouldStandBeforeTheFirstRecordWhenFresh() throws StoreException {
    try (Store<M> store = open(directory)) {
      assertThat(store.applied()).isEqualTo(RecordId.NONE);
      assertThat(store.durablePosition()).isZero();
      assertThat(dump(store, List.of(insert(1, 1)))).isEqualTo(dump(store, List.of(insert(1, 1))));
    }
  }

  @Test
  void shouldKeepTheWholeIdentityOfTheRecordAppliedLast() throws StoreException {
    RecordId last = new RecordId(7_000_000_000L, 40_000, -5);
    try (Store<M> store = open(directory)) {
      store.apply(List.of(insert(1, 1)), last, CommitMode.NORMAL);

      assertThat(store.applied()).isEqualTo(last);
    }
  }

  @Test
  void shouldMoveByAnEmptyBatch() throws StoreException {
    try (Store<M> store = open(directory)) {
      apply(store, 5, List.of());

      assertThat(store.applied()).isEqualTo(at(5));
    }
  }

  @Test
  void i2_shouldRefuseARecordAtOrBelowItsPosition() throws StoreException {
    List<M> touched = List.of(insert(1, 1), insert(2, 2));
    try (Store<M> store = open(directory)) {
      apply(store, 5, List.of(insert(1, 1)));
      List<String> before = dump(store, touched);

      for (long position : new long[] {5, 4, 0}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> apply(store, position, List.of(insert(2, 2))))
            .withMessageContaining("position");
      }
      assertThat(store.applied()).isEqualTo(at(5));
      assertThat(dump(store, touched)).isEqualTo(before);

      apply(store, 6, List.of(insert(2, 2)));
      assertThat(dump(store, touched)).isNotEqualTo(before);
    }
  }

  @Test
  void shouldChangeNothingWhenOneMutationIsRejected() throws StoreException {
    List<M> touched = List.of(insert(1, 1), insert(2, 1), insert(3, 1));
    try (Store<M> store = open(directory)) {
      apply(store, 1, List.of(insert(1, 1), insert(2, 1)));
      List<String> before = dump(store, touched);

      assertThatThrownBy(() -> apply(store, 2, List.of(insert(3, 1), delete(2), insert(1, 2))))
          .isInstanceOf(StoreException.Rejected.class);

      assertThat(store.applied()).isEqualTo(at(1));
      assertThat(dump(store, touched)).isEqualTo(before);
      apply(store, 2, List.of(insert(3, 1)));
      assertThat(dump(store, touched)).isNotEqualTo(before);
    }
  }

  @Test
  void shouldReplaceTheWholeRowWhenUpdated() throws StoreException {
    List<M> touched = List.of(insert(1, 1), insert(2, 1));
    try (Store<M> store = open(directory.resolve("updated"))) {
      apply(store, 1, List.of(insert(1, 1), insert(2, 1)));
      apply(store, 2, List.of(update(1, 9)));

      assertThat(dump(store, touched))
          .isEqualTo(content("at-once", List.of(insert(1, 9), insert(2, 1)), touched));
    }
  }

  @Test
  void shouldWriteTheRowWhenUpdatedAndAbsent() throws StoreException {
    List<M> touched = List.of(insert(1, 1));

    assertThat(content("updated", List.of(update(1, 1)), touched))
        .isEqualTo(content("inserted", List.of(insert(1, 1)), touched))
        .isNotEqualTo(content("empty", List.of(), touched));
  }

  @Test
  void shouldRemoveTheRowWhenDeleted() throws StoreException {
    List<M> touched = List.of(insert(1, 1), insert(2, 1));
    try (Store<M> store = open(directory.resolve("deleted"))) {
      apply(store, 1, List.of(insert(1, 1), insert(2, 1)));
      apply(store, 2, List.of(delete(1)));

      assertThat(dump(store, touched)).isEqualTo(content("one", List.of(insert(2, 1)), touched));
    }
  }

  @Test
  void shouldBearTheDeleteOfAnAbsentRow() throws StoreException {
    List<M> touched = List.of(insert(1, 1));
    try (Store<M> store = open(directory)) {
      apply(store, 1, List.of(delete(1)));

      assertThat(store.applied()).isEqualTo(at(1));
      apply(store, 2, List.of(insert(1, 1)));
      assertThat(dump(store, touched)).isEqualTo(content("one", List.of(insert(1, 1)), touched));
    }
  }

  @Test
  void r12_shouldRunARangeDeleteBeforeTheInsertsBehindIt() throws StoreException {
    Optional<M> range = deleteAll();
    assumeTrue(range.isPresent(), "the family has no range delete");
    List<M> touched = List.of(insert(1, 1), insert(2, 1), insert(3, 1));
    try (Store<M> store = open(directory.resolve("range"))) {
      apply(store, 1, List.of(insert(1, 1), insert(2, 1)));
      apply(store, 2, List.of(range.orElseThrow(), insert(3, 1)));

      assertThat(dump(store, touched)).isEqualTo(content("one", List.of(insert(3, 1)), touched));
    }
  }

  @Test
  void r12_shouldHoldTheSameRowsHoweverTheRecordsAreCutIntoBatches() throws StoreException {
    List<List<M>> records = records(SEED, 600);
    List<M> touched = records.stream().flatMap(List::stream).toList();
    List<String> expected = null;
    for (int batchMax : new int[] {1, 2, 7, 50, records.size()}) {
      try (Store<M> store = open(directory.resolve("cut-" + batchMax))) {
        applyInBatches(store, records, batchMax);

        List<String> content = dump(store, touched);
        if (expected == null) {
          assertThat(content).as("a dump that shows something").hasSizeGreaterThan(50);
          expected = content;
        }
        assertThat(content).as("seed=%d, batchMax=%d", SEED, batchMax).isEqualTo(expected);
        assertThat(store.applied()).isEqualTo(at(records.size()));
      }
    }
  }

  /** Batches of one record; beyond that of any length up to the most. */
  private void applyInBatches(Store<M> store, List<List<M>> records, int batchMax)
      throws StoreException {
    Random random = new Random(SEED + batchMax);
    int from = 0;
    while (from < records.size()) {
      int length = batchMax == records.size() ? batchMax : 1 + random.nextInt(batchMax);
      int to = Math.min(records.size(), from + length);
      List<M> batch = new ArrayList<>();
      records.subList(from, to).forEach(batch::addAll);
      apply(store, to, Folding.fold(batch));
      from = to;
    }
  }

  @Test
  void r9_shouldKnowNoDurablePositionBeforeACheckpointOrASyncedCommit() throws StoreException {
    assumeFalse(durableAtOnce(), "durable at once");
    try (Store<M> store = open(directory)) {
      apply(store, 1, List.of(insert(1, 1)));

      assertThat(store.durablePosition()).isZero();
    }
  }

  @Test
  void r9_shouldBeDurableToTheEndOfASyncedCommit() throws StoreException {
    try (Store<M> store = open(directory)) {
      apply(store, 1, List.of(insert(1, 1)));
      store.apply(List.of(insert(2, 1)), at(2), CommitMode.SYNCED);

      assertThat(store.durablePosition()).isEqualTo(2);
    }
  }

  @Test
  void r9_shouldBeDurableToTheEndOfACompleteCheckpoint() throws StoreException {
    for (CheckpointMode mode : CheckpointMode.values()) {
      try (Store<M> store = open(directory.resolve(mode.name()))) {
        apply(store, 3, List.of(insert(1, 1)));

        assertThat(store.checkpoint(mode).complete()).as("nobody stands in the way").isTrue();
        assertThat(store.durablePosition()).isEqualTo(3);
      }
    }
  }

  @Test
  void r9_shouldNeverMoveTheDurablePositionBackNorPastTheApplied() throws StoreException {
    try (Store<M> store = open(directory)) {
      long before = 0;
      for (int position = 1; position <= 40; position++) {
        CommitMode mode = position % 7 == 0 ? CommitMode.SYNCED : CommitMode.NORMAL;
        store.apply(List.of(insert(position, 1)), at(position), mode);
        if (position % 11 == 0) {
          store.checkpoint(CheckpointMode.PASSIVE);
        }
        assertThat(store.durablePosition()).isBetween(before, (long) position);
        before = store.durablePosition();
      }
      assertThat(before).isGreaterThanOrEqualTo(35);
    }
  }

  @Test
  void shouldHaveNothingToCheckpointAfterACompleteOne() throws StoreException {
    try (Store<M> store = open(directory)) {
      apply(store, 1, List.of(insert(1, 1)));

      store.checkpoint(CheckpointMode.TRUNCATE);

      assertThat(store.uncheckpointedBytes()).isZero();
      assertThat(store.checkpoint(CheckpointMode.TRUNCATE).complete()).isTrue();
    }
  }

  @Test
  void shouldBearBeingClosedTwice() throws StoreException {
    Store<M> store = open(directory);
    apply(store, 1, List.of(insert(1, 1)));

    store.close();
    store.close();

    assertThat(store.applied()).isEqualTo(at(1));
  }

  @Test
  void shouldFailWhatIsAskedOfItAfterClose() throws StoreException {
    Store<M> store = open(directory);
    store.close();

    assertThatThrownBy(() -> apply(store, 1, List.of(insert(1, 1))))
        .isInstanceOf(StoreException.Failed.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> store.checkpoint(CheckpointMode.PASSIVE))
        .isInstanceOf(StoreException.Failed.class)
        .hasMessageContaining("closed");
  }

  @Test
  void shouldHoldRowsAndPositionAfterReopening() throws StoreException {
    assumeTrue(keepsAfterClose(), "keeps nothing");
    List<List<M>> records = records(SEED + 1, 100);
    List<M> touched = records.stream().flatMap(List::stream).toList();
    List<String> before;
    try (Store<M> store = open(directory)) {
      applyInBatches(store, records, 7);
      before = dump(store, touched);
    }
    try (Store<M> store = open(directory)) {
      assertThat(store.applied()).isEqualTo(at(records.size()));
      assertThat(dump(store, touched)).isEqualTo(before);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> apply(store, records.size(), List.of()));
      apply(store, records.size() + 1, List.of());
    }
  }

  @Test
  void r9_shouldKnowNoDurablePositionAfterReopening() throws StoreException {
    assumeTrue(keepsAfterClose(), "keeps nothing");
    try (Store<M> store = open(directory)) {
      store.apply(List.of(insert(1, 1)), at(9), CommitMode.SYNCED);
    }
    try (Store<M> store = open(directory)) {
      assertThat(store.durablePosition()).isZero();
      store.checkpoint(CheckpointMode.PASSIVE);
      assertThat(store.durablePosition()).isEqualTo(9);
    }
  }
}
