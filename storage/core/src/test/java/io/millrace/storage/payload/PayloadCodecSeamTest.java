package io.millrace.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The marker names the codec, so codecs may come and go. */
final class PayloadCodecSeamTest {

  private static final TypeRef<V1.Line> LINE = TypeRef.of(V1.Line.class);

  private final PayloadTypes types = PayloadTypes.empty();
  private final KryoPayloadCodec kryo = new KryoPayloadCodec(types);
  private final EncryptingPayloadCodec encrypting =
      new EncryptingPayloadCodec(kryo, new SecretKeySpec(new byte[16], "AES"));

  @Test
  void shouldEncryptAndDecrypt() {
    Payloads payloads = new Payloads(types, encrypting, List.of(), Payloads.DEFAULT_BYTES_MAX);
    V1.Line line = new V1.Line("a very secret item", 1);

    Payload payload = payloads.encode(line, LINE);

    assertThat(new String(payload.array(), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    assertThat(payload.marker()).isEqualTo(EncryptingPayloadCodec.MARKER);
    assertThat(payloads.decode(payload, LINE)).isEqualTo(line);
    assertThat(payloads.render(payload)).contains("a very secret item");
    assertThat(PayloadText.render(payload, types)).doesNotContain("secret");
    payload.array()[payload.size() - 1] ^= 1;
    assertThatThrownBy(() -> payloads.decode(payload, LINE))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("it was changed, or written with another key");
  }

  @Test
  void shouldHoldItsLimitWithTheEnvelope() {
    int size = encrypting.encode("x".repeat(100), TypeRef.of(String.class), 1000).size();
    Payloads exact = new Payloads(types, encrypting, List.of(), size);
    Payloads less = new Payloads(types, encrypting, List.of(), size - 1);

    assertThat(exact.encode("x".repeat(100), TypeRef.of(String.class)).size()).isEqualTo(size);
    assertThatThrownBy(() -> less.encode("x".repeat(100), TypeRef.of(String.class)))
        .isInstanceOf(PayloadException.class);
  }

  @Test
  void shouldReadWhatAnEarlierCodecWrote() {
    Payload before = Payloads.kryo(types).encode(new V1.Line("a", 1), LINE);
    Payloads after = new Payloads(types, encrypting, List.of(kryo), Payloads.DEFAULT_BYTES_MAX);

    assertThat(after.decode(before, LINE)).isEqualTo(new V1.Line("a", 1));
    assertThat(after.encode(null, LINE).marker()).isEqualTo(EncryptingPayloadCodec.MARKER);
  }

  @Test
  void shouldNameAMarkerThatNoCodecHas() {
    Payload payload = encrypting.encode(null, LINE, 1000);

    assertThatThrownBy(() -> Payloads.kryo(types).decode(payload, LINE))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("no codec has marker=0xE0")
        .hasMessageContaining("codecs=[KryoPayloadCodec]; register the codec that wrote it");
  }

  @Test
  void shouldRefuseTwoCodecsWithOneMarker() {
    assertThatThrownBy(() -> new Payloads(types, kryo, List.of(new KryoPayloadCodec(types)), 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("marker=0x4B");
  }

  @Test
  void shouldCatchACodecThatIgnoresTheLimitOrItsMarker() {
    Payloads payloads = new Payloads(types, new Careless(), List.of(), 16);

    assertThatThrownBy(() -> payloads.encode("x", LINE))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("payloadBytesMax=16")
        .hasMessageContaining("bytes=17");
  }

  /** Writes too much. */
  private static final class Careless implements PayloadCodec {

    @Override
    public byte marker() {
      return 1;
    }

    @Override
    public Payload encode(@Nullable Object value, TypeRef<?> declared, int bytesMax) {
      return Payload.wrap(new byte[bytesMax + 1]);
    }

    @Override
    public <T extends @Nullable Object> @Nullable T decode(Payload payload, TypeRef<T> declared) {
      return null;
    }
  }
}
