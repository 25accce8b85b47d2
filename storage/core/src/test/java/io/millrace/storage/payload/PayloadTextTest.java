package io.millrace.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Payloads as text, from the descriptors alone. */
final class PayloadTextTest {

  private final PayloadTypes types = PayloadTypes.empty();
  private final Payloads payloads = Payloads.kryo(types);

  @Test
  void shouldShowRecordsListsAndMaps() {
    V1.Order order =
        new V1.Order(
            "o\"1\n", 7, 1.5f, List.of(new V1.Line("é", 2)), new V1.Gone(Map.of("k", List.of(1L))));

    assertThat(rendered(order, TypeRef.of(V1.Order.class)))
        .isEqualTo(
            "{\"id\": \"o\\\"1\\n\", \"total\": 7, \"rate\": 1.5, \"lines\": [{\"item\": \"é\","
                + " \"count\": 2}], \"gone\": {\"any\": {\"k\": [1]}}}");
  }

  @Test
  void shouldShowTheMemberOfASealedFamily() {
    assertThat(rendered(new V1.Paid("now"), TypeRef.of(V1.Event.class)))
        .isEqualTo("{\"@type\": \"Paid\", \"at\": \"now\"}");
  }

  @Test
  void shouldShowValuesAsJsonWould() {
    assertThat(rendered(V1.Level.LOW, TypeRef.of(V1.Level.class))).isEqualTo("\"LOW\"");
    assertThat(rendered(null, TypeRef.of(String.class))).isEqualTo("null");
    assertThat(rendered(Instant.EPOCH, TypeRef.of(Instant.class)))
        .isEqualTo("\"1970-01-01T00:00:00Z\"");
    ZonedDateTime time = ZonedDateTime.parse("2024-01-01T12:00:00+01:00[Europe/Zurich]");
    assertThat(rendered(time, TypeRef.of(ZonedDateTime.class)))
        .isEqualTo("\"2024-01-01T12:00+01:00[Europe/Zurich]\"");
    assertThat(rendered(new byte[] {1, 2}, TypeRef.of(byte[].class))).isEqualTo("\"AQI=\"");
    assertThat(rendered(Double.NaN, TypeRef.of(Double.class))).isEqualTo("\"NaN\"");
    assertThat(rendered(Optional.of(true), new TypeRef<Optional<Boolean>>() {})).isEqualTo("true");
    assertThat(rendered(Arrays.asList(1, null), new TypeRef<List<Integer>>() {}))
        .isEqualTo("[1, null]");
    assertThat(rendered(new int[] {1, 2}, TypeRef.of(int[].class))).isEqualTo("[1, 2]");
    assertThat(rendered("\uD83D", TypeRef.of(String.class))).isEqualTo("\"\\ud83d\"");
    assertThat(rendered(BigInteger.ONE.shiftLeft(100_000), TypeRef.of(BigInteger.class)))
        .isEqualTo("\"<a number of 100001 bits>\"");
  }

  @Test
  void shouldQuoteKeysThatAreNoText() {
    assertThat(rendered(Map.of(1, "x"), new TypeRef<Map<Integer, String>>() {}))
        .isEqualTo("{\"1\": \"x\"}");
    assertThat(rendered(Map.of(new V1.Line("a", 1), 2), new TypeRef<Map<V1.Line, Integer>>() {}))
        .isEqualTo("{\"{\\\"item\\\": \\\"a\\\", \\\"count\\\": 1}\": 2}");
  }

  @Test
  void shouldNeedNoUserClass() {
    Payload payload = payloads.encode(new V1.Line("a", 1), TypeRef.of(V1.Line.class));

    String text = PayloadText.render(payload, new PayloadTypes(types.rows()));

    assertThat(text).isEqualTo("{\"item\": \"a\", \"count\": 1}");
  }

  @Test
  void shouldShowOnlyTheSizeOfAnotherCodecsPayload() {
    assertThat(PayloadText.render(Payload.wrap(new byte[] {7, 1, 2}), types))
        .isEqualTo("\"<3 bytes of codec 0x07>\"");
  }

  @Test
  void shouldDescribeATypeWithAllThatItReaches() {
    payloads.encode(null, TypeRef.of(V1.Full.class));
    String v1 = V1.class.getName();

    assertThat(PayloadText.describe(types.rows().get(0)).lines())
        .containsExactlyInAnyOrder(
            "record %s$Full { List<%s$Level> levels, Optional<%s$Event> event, int[] numbers, String kept }"
                .formatted(v1, v1, v1),
            "enum %s$Level { LOW, MIDDLE, HIGH }".formatted(v1),
            "sealed %s$Event { %s$Refused, %s$Paid }".formatted(v1, v1, v1),
            "record %s$Refused { int code }".formatted(v1),
            "record %s$Paid { String at }".formatted(v1));
  }

  private <T> String rendered(@org.jspecify.annotations.Nullable T value, TypeRef<T> type) {
    Payload payload = payloads.encode(value, type);
    assertThat(payloads.render(payload)).isEqualTo(PayloadText.render(payload, types));
    return payloads.render(payload);
  }
}
