package io.millrace.engine.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import org.junit.jupiter.api.Test;

class ReadValuesTest {

  private static final TypeRef<String> TEXT = TypeRef.of(String.class);

  private final ReadValues read = new ReadValues(0);
  private final Payload payload = Payload.wrap(new byte[] {1});

  @Test
  void shouldGiveWhatWasReadFromThatPayloadAsThatType() {
    read.keep(100, payload, TEXT, "value");
    assertThat(read.find(100, payload, TypeRef.of(String.class))).isEqualTo("value");
    assertThat(read.find(100, payload, TypeRef.of(Object.class))).isSameAs(ReadValues.MISSING);
    assertThat(read.find(99, payload, TEXT)).isSameAs(ReadValues.MISSING);
    assertThat(read.find(1_000, payload, TEXT)).isSameAs(ReadValues.MISSING);
  }

  @Test
  void shouldNotTakeOnePayloadForAnotherWhenTheyAreEqual() {
    read.keep(0, payload, TEXT, "value");
    assertThat(read.find(0, Payload.wrap(new byte[] {1}), TEXT)).isSameAs(ReadValues.MISSING);
  }

  @Test
  void shouldTellNullFromMissing() {
    read.keep(3, payload, TEXT, null);
    assertThat(read.find(3, payload, TEXT)).isNull();
  }
}
