package io.millrace.storage.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.FormKey;
import io.millrace.storage.KeyedMutationCodec;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.testing.RandomRows;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowMutationCodecTest {

  private static final long SEED = 5;

  private final MutationCodec<RowMutation> codec = RowMutationCodec.factory().newCodec();
  private final KeyedMutationCodec<RowMutation> keyed =
      (KeyedMutationCodec<RowMutation>) RowMutationCodec.factory().newCodec();
  private final FormKey key = new FormKey();

  @Test
  void shouldReadBackWithOneCodecWhatAnotherWrote() throws Exception {
    MutationCodec<RowMutation> other = RowMutationCodec.factory().newCodec();
    for (RowMutation mutation : randomMutations()) {
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

  @Test
  void r12_shouldReadTheKeyThatTheDecodedMutationHas() throws Exception {
    for (RowMutation mutation : randomMutations()) {
      byte[] bytes = shifted(encode(mutation));

      keyed.readKey(bytes, 3, bytes.length - 5, key);

      requireKeyOf(mutation);
    }
  }

  @Test
  void shouldNeverReadAKeyOtherThanThatOfWhatCanBeDecoded() {
    Random random = new Random(SEED);
    for (RowMutation mutation : randomMutations()) {
      byte[] bytes = encode(mutation);
      for (int i = 0; i < 8; i++) {
        byte[] damaged = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
        damaged[random.nextInt(Math.min(damaged.length, 12))] = (byte) random.nextInt();
        RowMutation decoded = decodedOrNull(damaged);
        try {
          keyed.readKey(damaged, 0, damaged.length, key);
          if (decoded != null) {
            requireKeyOf(decoded);
          }
        } catch (MalformedMutationException e) {
          assertThat(decoded).as("seed=%d", SEED).isNull();
        }
      }
    }
  }

  @Test
  void r12_shouldCoverByKeyWhatTheRangeCovers() {
    RowMutation range = new RowMutation.DeleteHistory(7, 2, 4);
    for (int execution = 1; execution < 6; execution++) {
      for (long instance = 6; instance < 9; instance++) {
        RowKey row = HistoryRow.keyOf(instance, execution, 1);
        key.set(Mutation.Kind.INSERT, row.table().code(), row.number(), row.sub());

        assertThat(keyed.covers(range, key)).isEqualTo(range.covers(row));
      }
    }
  }

  private void requireKeyOf(RowMutation mutation) {
    assertThat(key.kind()).isEqualTo(mutation.kind());
    if (mutation.key() instanceof RowKey row) {
      assertThat(new RowKey(Table.ofCode(key.group()), key.number(), key.sub())).isEqualTo(row);
    }
  }

  private @Nullable RowMutation decodedOrNull(byte[] bytes) {
    try {
      return codec.decode(bytes, 0, bytes.length);
    } catch (MalformedMutationException e) {
      return null;
    }
  }

  private static List<RowMutation> randomMutations() {
    return new RandomRows(SEED).records(300).stream().flatMap(List::stream).toList();
  }

  private static byte[] shifted(byte[] form) {
    byte[] bytes = new byte[form.length + 5];
    System.arraycopy(form, 0, bytes, 3, form.length);
    return bytes;
  }

  private byte[] encode(RowMutation mutation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.encode(mutation, bytes::write);
    return bytes.toByteArray();
  }
}
