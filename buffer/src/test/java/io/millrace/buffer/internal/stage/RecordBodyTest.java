package io.millrace.buffer.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.testing.Entry;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.MutationCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordBodyTest {

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final MutationCodec<Entry> codec = Entry.CODECS.newCodec();
  private final RecordBody body = new RecordBody();

  private List<Entry> decoded() throws MalformedMutationException {
    List<Entry> entries = new ArrayList<>();
    RecordBody.decode(body.bytes(), 0, body.length(), codec, entries::add);
    return entries;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 110, 111, 127, 128, 16_366, 16_367, 16_384, 3_000_000})
  void shouldReadBackFormsOfEveryLength(int padding) throws Exception {
    List<Entry> entries =
        List.of(Entry.insert(1, 2), Entry.large(3, 4, padding), Entry.deleteRange(5, 6));
    body.encode(entries, codec, NO_LIMIT);
    assertThat(decoded()).isEqualTo(entries);
  }

  @Test
  void shouldReadBackManyMutations() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      entries.add(Entry.update(i, -i));
    }
    body.encode(entries, codec, NO_LIMIT);
    assertThat(decoded()).isEqualTo(entries);
  }

  @Test
  void shouldStopSoonAfterTheLimit() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      entries.add(Entry.large(i, i, 1_000));
    }
    body.encode(entries, codec, 5_000);
    assertThat(body.length()).isGreaterThan(5_000).isLessThan(8_000);
  }

  @Test
  void r26_shouldLetGoOfLargeArrays() {
    body.encode(List.of(Entry.large(1, 1, 100_000)), codec, NO_LIMIT);
    body.clear();
    assertThat(body.bytes()).isEmpty();
    body.encode(List.of(Entry.insert(1, 1)), codec, NO_LIMIT);
    byte[] small = body.bytes();
    body.clear();
    assertThat(body.bytes()).isSameAs(small);
  }

  @Test
  void shouldRefuseEveryCutAndEveryLengthThatLies() {
    body.encode(List.of(Entry.insert(1, 2), Entry.insert(3, 4)), codec, NO_LIMIT);
    byte[] whole = Arrays.copyOf(body.bytes(), body.length());
    for (int length = 0; length < whole.length; length++) {
      int cut = length;
      assertThatThrownBy(() -> RecordBody.decode(whole, 0, cut, codec, entry -> {}))
          .isInstanceOf(MalformedMutationException.class);
    }
    for (int lie : new int[] {0, 1, 16, 18, 100, 127}) {
      byte[] lying = whole.clone();
      lying[1] = (byte) lie;
      assertThatThrownBy(() -> RecordBody.decode(lying, 0, lying.length, codec, entry -> {}))
          .isInstanceOf(MalformedMutationException.class);
    }
    byte[] endless = new byte[10];
    Arrays.fill(endless, (byte) 0xff);
    assertThatThrownBy(() -> RecordBody.decode(endless, 0, 10, codec, entry -> {}))
        .isInstanceOf(MalformedMutationException.class);
  }
}
