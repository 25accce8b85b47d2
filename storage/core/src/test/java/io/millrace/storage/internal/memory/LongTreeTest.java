package io.millrace.storage.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Against a TreeMap, over random and over rising keys, with shares taken on the way. */
class LongTreeTest {

  private static final long SEED = 99;
  private static final int STEPS = 60_000;

  private final Random random = new Random(SEED);
  private long rising;

  private record Share(LongTree<Long> tree, NavigableMap<Long, Long> expected) {}

  @Test
  void shouldHoldWhatATreeMapHoldsWhenKeysAreRandom() {
    for (int range : new int[] {3, 50, 1_000, 100_000}) {
      compare(range);
    }
  }

  @Test
  void shouldHoldWhatATreeMapHoldsWhenKeysRise() {
    compare(0);
  }

  private void compare(int range) {
    LongTree<Long> tree = new LongTree<>();
    TreeMap<Long, Long> expected = new TreeMap<>();
    List<Share> shares = new ArrayList<>();
    long edition = 1;
    for (int step = 0; step < STEPS; step++) {
      boolean growing = (step / 10_000) % 2 == 0;
      long key = range == 0 ? risingKey(expected, growing) : random.nextInt(range) - range / 2;
      if (random.nextInt(10) < (growing ? 7 : 3)) {
        assertThat(tree.put(key, (long) step, edition)).isEqualTo(expected.put(key, (long) step));
      } else {
        assertThat(tree.remove(key, edition)).isEqualTo(expected.remove(key));
      }
      if (step % 5_000 == 77) {
        shares.add(new Share(tree.share(), new TreeMap<>(expected)));
        edition++;
      }
      if (step % 1_000 == 0) {
        assertSame(tree, expected);
      }
    }
    assertSame(tree, expected);
    for (Share share : shares) {
      assertSame(share.tree(), share.expected());
    }
    for (Long key : List.copyOf(expected.keySet())) {
      tree.remove(key, edition);
    }
    assertSame(tree, new TreeMap<>());
  }

  /** New keys at the right end, old ones from the left, as numbers come and go. */
  private long risingKey(NavigableMap<Long, Long> expected, boolean growing) {
    if (growing || expected.isEmpty() || random.nextInt(3) == 0) {
      return rising++;
    }
    return expected.firstKey();
  }

  private void assertSame(LongTree<Long> tree, NavigableMap<Long, Long> expected) {
    assertThat(tree.size()).as("seed=%d", SEED).isEqualTo(expected.size());
    long middle = expected.isEmpty() ? 0 : expected.firstKey() + expected.size() / 2;
    assertThat(ascending(tree, Long.MIN_VALUE)).isEqualTo(List.copyOf(expected.entrySet()));
    assertThat(ascending(tree, middle)).isEqualTo(List.copyOf(expected.tailMap(middle).entrySet()));
    assertThat(descending(tree, Long.MAX_VALUE))
        .isEqualTo(List.copyOf(expected.descendingMap().entrySet()));
    assertThat(descending(tree, middle))
        .isEqualTo(List.copyOf(expected.headMap(middle, false).descendingMap().entrySet()));
    assertThat(tree.get(middle)).isEqualTo(expected.get(middle));
  }

  private static List<Map.Entry<Long, Long>> ascending(LongTree<Long> tree, long from) {
    List<Map.Entry<Long, Long>> entries = new ArrayList<>();
    tree.ascend(from, (key, value) -> entries.add(Map.entry(key, value)));
    return entries;
  }

  private static List<Map.Entry<Long, Long>> descending(LongTree<Long> tree, long before) {
    List<Map.Entry<Long, Long>> entries = new ArrayList<>();
    tree.descend(before, (key, value) -> entries.add(Map.entry(key, value)));
    return entries;
  }

  @Test
  void shouldStopWhenTheVisitorHasHadEnough() {
    LongTree<String> tree = new LongTree<>();
    for (int key = 0; key < 500; key++) {
      tree.put(key, "v" + key, 1);
    }
    List<Long> seen = new ArrayList<>();
    tree.ascend(
        100,
        (key, value) -> {
          seen.add(key);
          return seen.size() < 3;
        });
    tree.descend(
        100,
        (key, value) -> {
          seen.add(key);
          return seen.size() < 5;
        });
    assertThat(seen).containsExactly(100L, 101L, 102L, 99L, 98L);
  }
}
