package io.millrace.storage.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.testing.RandomRows;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowMutationCodecTest {

  private static final long SEED = 5;

  private final MutationCodec<RowMutation> codec = RowMutationCodec.factory().newCodec();

  @Test
  void shouldReadBackWithOneCodecWhatAnotherWrote() throws Exception {
    MutationCodec<RowMutation> other = RowMutationCodec.factory().newCodec();
    List<RowMutation> mutations =
        new RandomRows(SEED).records(300).stream().flatMap(List::stream).toList();
    for (RowMutation mutation : mutations) {
      byte[] bytes = encode(mutation);

      assertThat(other.decode(bytes, 0, bytes.length)).as("seed=%d", SEED).isEqualTo(mutation);
    }
  }

  @Test
  void shouldSpendFewBytesOnASmallMutation() {
    RowMutation delete = new RowMutation.Delete(RowKey.of(Table.TASKS, (9L << 43) + 1_000_000));

    assertThat(encode(delete)).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void shouldRefuseAnEmptyForm() {
    assertThatThrownBy(() -> codec.decode(new byte[0], 0, 0))
        .isInstanceOf(MalformedMutationException.class)
        .hasMessageContaining("a mutation");
  }

  @Test
  void shouldRefuseARangeOutsideTheArray() {
    assertThatThrownBy(() -> codec.decode(new byte[5], 3, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private byte[] encode(RowMutation mutation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.encode(mutation, bytes::write);
    return bytes.toByteArray();
  }
}
