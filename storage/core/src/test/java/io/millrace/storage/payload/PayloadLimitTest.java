package io.millrace.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The two limits of payloads: bytes and depth. */
final class PayloadLimitTest {

  private final PayloadTypes types = PayloadTypes.empty();

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void shouldHoldExactlyTheLimit(TypeRef<?> type, Object value) {
    int size = Payloads.kryo(types).encode(value, type).size();

    assertThat(limited(size + 1).encode(value, type).size()).isEqualTo(size);
    assertThat(limited(size).encode(value, type).size()).isEqualTo(size);
    assertThatThrownBy(() -> limited(size - 1).encode(value, type))
        .isInstanceOf(PayloadException.class)
        .hasMessage(
            "cannot store a value of %s: expected at most payloadBytesMax=%d bytes, bytes=%d;"
                    .formatted(type, size - 1, size)
                + " keep large data elsewhere and pass a reference to it, or raise the limit");
  }

  static Stream<Arguments> values() {
    List<Integer> numbers = IntStream.range(-5000, 5000).boxed().toList();
    return Stream.of(
        Arguments.of(TypeRef.of(String.class), "x".repeat(700)),
        Arguments.of(TypeRef.of(String.class), "水".repeat(700)),
        Arguments.of(TypeRef.of(byte[].class), new byte[20_000]),
        Arguments.of(TypeRef.of(long[].class), new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 1}),
        Arguments.of(TypeRef.of(double[].class), new double[100]),
        Arguments.of(new TypeRef<List<Integer>>() {}, numbers),
        Arguments.of(
            new TypeRef<Map<String, List<V1.Line>>>() {},
            Map.of("lines", List.of(new V1.Line("some item", 1 << 20)))));
  }

  @Test
  void shouldAcceptTheDefaultLimitAndRefuseOneByteMore() {
    Payloads payloads = Payloads.kryo(types);
    int head = payloads.encode("x".repeat(1 << 19), TypeRef.of(String.class)).size() - (1 << 19);
    String fits = "x".repeat(Payloads.DEFAULT_BYTES_MAX - head);

    assertThat(payloads.encode(fits, TypeRef.of(String.class)).size()).isEqualTo(1 << 20);
    assertThatThrownBy(() -> payloads.encode(fits + "x", TypeRef.of(String.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("payloadBytesMax=1048576 bytes, bytes=1048577");
  }

  @Test
  void shouldNotMeasureAHugeValueToItsEnd() {
    String huge = "x".repeat(40 << 20);

    assertThatThrownBy(() -> limited(16).encode(huge, TypeRef.of(String.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("payloadBytesMax=16 bytes, bytes=more than 16777232;");
  }

  @Test
  void shouldGoOnAfterARefusal() {
    Payloads payloads = limited(64);
    assertThatThrownBy(() -> payloads.encode("x".repeat(100), TypeRef.of(String.class)))
        .isInstanceOf(PayloadException.class);

    assertThat(
            payloads.decode(
                payloads.encode("ok", TypeRef.of(String.class)), TypeRef.of(String.class)))
        .isEqualTo("ok");
  }

  @Test
  void shouldNestUpToTheDepthAndNoDeeper() {
    Payloads payloads = Payloads.kryo(types);
    TypeRef<Chain> type = TypeRef.of(Chain.class);
    Chain deepest = chain(Payloads.DEPTH_MAX);

    Payload payload = payloads.encode(deepest, type);
    assertThat(payloads.decode(payload, type)).isEqualTo(deepest);
    assertThat(payloads.render(payload)).contains("null");
    assertThatThrownBy(() -> payloads.encode(chain(Payloads.DEPTH_MAX + 1), type))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("cannot store a value of " + Chain.class.getName())
        .hasMessageContaining("expected at most depth=256");
  }

  @Test
  void shouldRefuseAnObjectThatReachesItself() {
    Cycle cycle = new Cycle();
    cycle.others = new ArrayList<>(List.of(cycle, cycle));

    assertThatThrownBy(() -> Payloads.kryo(types).encode(cycle, TypeRef.of(Cycle.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("an object that reaches itself has no form");
  }

  @Test
  void shouldRefuseALimitWithoutRoom() {
    assertThatThrownBy(() -> limited(15))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("payloadBytesMax=15");
    assertThatCode(() -> limited(16)).doesNotThrowAnyException();
  }

  private Payloads limited(int bytesMax) {
    return new Payloads(types, new KryoPayloadCodec(types), List.of(), bytesMax);
  }

  private static Chain chain(int length) {
    Chain chain = new Chain(null);
    for (int i = 1; i < length; i++) {
      chain = new Chain(chain);
    }
    return chain;
  }

  private record Chain(@Nullable Chain next) {}

  @SuppressWarnings("UnusedVariable") // read by reflection
  private static final class Cycle {
    List<Cycle> others = List.of();

    private Cycle() {}
  }
}
