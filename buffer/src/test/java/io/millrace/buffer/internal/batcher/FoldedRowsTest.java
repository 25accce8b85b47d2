package io.millrace.buffer.internal.batcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.FormKey;
import io.millrace.storage.Mutation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldedRowsTest {

  private static final int GROUP = 3;

  private final FoldedRows rows = new FoldedRows();
  private final FormKey key = new FormKey();

  @Test
  void shouldTakeRoomForThoseThatStayNotForThoseThatCameAndWent() {
    for (int number = 0; number < 100_000; number++) {
      add(number, 0);
      if (number % 1_000 != 0) {
        rows.remove(find(number, 0));
      }
    }
    assertThat(rows.size()).isLessThan(1_000);
    assertThat(numbersThere()).hasSize(100).isSorted();
    for (int number = 0; number < 100_000; number++) {
      assertThat(find(number, 0) >= 0).isEqualTo(number % 1_000 == 0);
    }
  }

  @Test
  void shouldKeepPlaceAndMarkOfARowThatIsMoved() {
    for (int number = 0; number < 50; number++) {
      add(number, 0);
    }
    for (int number = 0; number < 49; number++) {
      rows.remove(find(number, 0));
    }
    int row = find(49, 0);
    rows.place(row, 7, 8, 9);
    for (int number = 100; number < 200; number++) {
      add(number, 0);
    }
    int moved = find(49, 0);
    assertThat(moved).isLessThan(row);
    assertThat(List.of(rows.chunk(moved), rows.offset(moved), rows.length(moved)))
        .containsExactly(7, 8, 9);
    assertThat(rows.isBornHere(moved)).isTrue();
  }

  @Test
  void shouldTellApartKeysThatShareAStretch() {
    Random random = new Random(5);
    List<long[]> added = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      long number = random.nextInt(64);
      long sub = random.nextInt(1_000) * (1L << 32) + random.nextInt(4);
      if (find(number, sub) < 0) {
        add(number, sub);
        added.add(new long[] {number, sub});
      }
    }
    for (long[] each : added) {
      rows.key(find(each[0], each[1]), key);
      assertThat(key.number()).isEqualTo(each[0]);
      assertThat(key.sub()).isEqualTo(each[1]);
    }
  }

  private void add(long number, long sub) {
    assertThat(find(number, sub)).isNegative();
    rows.add(key, true);
  }

  private int find(long number, long sub) {
    key.set(Kind.INSERT, GROUP, number, sub);
    return rows.find(key);
  }

  private List<Long> numbersThere() {
    List<Long> numbers = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.isThere(row)) {
        rows.key(row, key);
        numbers.add(key.number());
      }
    }
    return numbers;
  }
}
