package io.millrace.storage.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowMutationTest {

  @Test
  void shouldCoverTheWholeHistoryOfOneInstanceAndNothingElse() {
    RowMutation range = new RowMutation.DeleteHistory(7);

    assertThat(range.covers(HistoryRow.keyOf(7, 2, 3))).isTrue();
    assertThat(range.covers(HistoryRow.keyOf(8, 2, 3))).isFalse();
    assertThat(range.covers(RowKey.of(Table.INSTANCES, 7))).isFalse();
  }
}
