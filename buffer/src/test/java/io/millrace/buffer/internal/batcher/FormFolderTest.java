package io.millrace.buffer.internal.batcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.internal.stage.RecordBody;
import io.millrace.storage.KeyedMutationCodec;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.testing.RandomRows;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormFolderTest {

  private final KeyedMutationCodec<RowMutation> codec =
      (KeyedMutationCodec<RowMutation>) RowMutationCodec.factory().newCodec();
  private final RecordFolder<RowMutation> folder = RecordFolder.of(codec, KeyCoalescer::new);
  private final KeyCoalescer<RowMutation> plain = new KeyCoalescer<>();
  private final RecordBody body = new RecordBody();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void r12_shouldLeaveWhatFoldingTheMutationsLeaves(long seed) throws Exception {
    Random random = new Random(seed);
    int left = 1;
    int most = 1;
    for (List<RowMutation> record : new RandomRows(seed).records(2_000)) {
      add(record);
      record.forEach(plain::add);
      if (--left == 0) {
        assertThat(folder.added()).isEqualTo(plain.added());
        assertThat(folder.batch()).as("seed=%s", seed).isEqualTo(plain.batch());
        assertThat(folder.batch()).isEqualTo(plain.batch());
        folder.clear();
        plain.clear();
        most = most == 1 ? 900 : 1;
        left = 1 + random.nextInt(most);
      }
    }
  }

  @Test
  void r12_shouldFindARowAgainAmongThousands() throws Exception {
    List<List<RowMutation>> records = new RandomRows(9).records(20_000);
    for (List<RowMutation> record : records) {
      add(record);
      record.forEach(plain::add);
    }
    assertThat(folder.batch()).isEqualTo(plain.batch());
  }

  @Test
  void shouldForgetEverythingWithClear() throws Exception {
    for (List<RowMutation> record : new RandomRows(10).records(500)) {
      add(record);
    }
    folder.clear();

    assertThat(folder.added()).isZero();
    assertThat(folder.batch()).isEmpty();
    assertThat(folder.isFull()).isFalse();
  }

  @Test
  void shouldSayWhenRangesMakeABatchCostly() throws Exception {
    for (List<RowMutation> record : new RandomRows(11).records(2_000)) {
      add(record);
    }
    assertThat(folder.isFull()).isFalse();
    for (int i = 0; i < 100_000 && !folder.isFull(); i++) {
      add(List.of(new RowMutation.DeleteHistory(1_000_000 + i)));
    }
    assertThat(folder.isFull()).isTrue();
  }

  @Test
  void shouldRefuseWhatIsNoRecord() {
    assertThatThrownBy(() -> folder.add(new byte[] {1, 3, 99, 1, 1}, 0, 5))
        .isInstanceOf(MalformedMutationException.class);
    assertThatThrownBy(() -> folder.add(new byte[] {2, 1}, 0, 2))
        .isInstanceOf(MalformedMutationException.class);
  }

  private void add(List<RowMutation> record) throws MalformedMutationException {
    body.clear();
    body.encode(record, codec, Long.MAX_VALUE);
    folder.add(body.bytes(), 0, body.length());
  }
}
