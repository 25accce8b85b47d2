package io.millrace.buffer.internal.batcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.testing.Entry;
import io.millrace.buffer.testing.SmallStore;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCoalescerTest {

  private static final long OLD_KEYS = 6;

  private static List<Entry> fold(Entry... entries) {
    KeyCoalescer<Entry> coalescer = new KeyCoalescer<>();
    for (Entry entry : entries) {
      coalescer.add(entry);
    }
    assertThat(coalescer.added()).isEqualTo(entries.length);
    return List.copyOf(coalescer.batch());
  }

  @Test
  void r12_shouldVanishWhatIsBornAndDiesInTheBatch() {
    assertThat(fold(Entry.insert(1, 1), Entry.update(1, 2), Entry.delete(1))).isEmpty();
  }

  @Test
  void r12_shouldKeepADeleteOfWhatTheStoreMayHave() {
    assertThat(fold(Entry.update(1, 2), Entry.delete(1))).containsExactly(Entry.delete(1));
    assertThat(fold(Entry.delete(1))).containsExactly(Entry.delete(1));
  }

  @Test
  void r12_shouldKeepTheLastRow() {
    assertThat(fold(Entry.insert(1, 1), Entry.update(2, 7), Entry.update(1, 2)))
        .containsExactly(Entry.update(1, 2), Entry.update(2, 7));
  }

  @Test
  void r12_shouldRunRangesFirstAndRemoveWhatTheyCover() {
    assertThat(
            fold(
                Entry.insert(1, 1),
                Entry.update(2, 2),
                Entry.delete(3),
                Entry.deleteRange(1, 3),
                Entry.insert(4, 4)))
        .containsExactly(Entry.deleteRange(1, 3), Entry.insert(4, 4));
  }

  @Test
  void r12_shouldNotLetARangeTouchWhatCameAfterIt() {
    assertThat(fold(Entry.deleteRange(1, 9), Entry.insert(5, 5), Entry.deleteRange(7, 8)))
        .containsExactly(Entry.deleteRange(1, 9), Entry.deleteRange(7, 8), Entry.insert(5, 5));
  }

  @Test
  void shouldSayWhenRangesMakeABatchCostly() {
    KeyCoalescer<Entry> coalescer = new KeyCoalescer<>();
    for (int i = 0; i < 5_000; i++) {
      coalescer.add(Entry.update(i, i));
    }
    assertThat(coalescer.isFull()).isFalse();
    for (int i = 0; i < 2_000; i++) {
      coalescer.add(Entry.deleteRange(100_000 + i, 100_000 + i));
    }
    assertThat(coalescer.isFull()).isTrue();
    coalescer.clear();
    assertThat(coalescer.isFull()).isFalse();
    assertThat(coalescer.batch()).isEmpty();
    assertThat(coalescer.added()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void r12_shouldComeToTheSameRowsWhateverTheCuts(long seed) throws StoreException {
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      List<Entry> entries = entries(random);
      Map<Long, Long> oneByOne = rows(entries, random, 1);
      assertThat(rows(entries, random, Integer.MAX_VALUE)).as("seed=%s", seed).isEqualTo(oneByOne);
      assertThat(rows(entries, random, 12)).as("seed=%s", seed).isEqualTo(oneByOne);
      assertThat(rows(entries, random, 40)).as("seed=%s", seed).isEqualTo(oneByOne);
    }
  }

  /** Inserts only under new keys; updates and deletes of those and of old ones. */
  private static List<Entry> entries(Random random) {
    List<Entry> entries = new ArrayList<>();
    long next = 100;
    for (int i = 0; i < 120; i++) {
      long some = random.nextBoolean() ? random.nextLong(OLD_KEYS) : next - random.nextInt(8);
      entries.add(
          switch (random.nextInt(7)) {
            case 0, 1 -> Entry.insert(next++, random.nextInt(1000));
            case 2, 3 -> Entry.update(some >= next ? 0 : some, random.nextInt(1000));
            case 4, 5 -> Entry.delete(some);
            default -> Entry.deleteRange(some, some + random.nextInt(5));
          });
    }
    return entries;
  }

  private static Map<Long, Long> rows(List<Entry> entries, Random random, int cutMax)
      throws StoreException {
    try (SmallStore store = new SmallStore()) {
      KeyCoalescer<Entry> coalescer = new KeyCoalescer<>();
      int cut = 1 + random.nextInt(cutMax);
      long position = 0;
      for (int i = 0; i < entries.size(); i++) {
        coalescer.add(entries.get(i));
        if (coalescer.added() >= cut || i == entries.size() - 1) {
          store.apply(coalescer.batch(), new RecordId(++position, 1, 0), CommitMode.NORMAL);
          coalescer.clear();
          cut = 1 + random.nextInt(cutMax);
        }
      }
      return store.rows();
    }
  }
}
