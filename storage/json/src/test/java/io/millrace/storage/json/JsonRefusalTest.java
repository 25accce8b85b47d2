package io.millrace.storage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import io.millrace.storage.payload.PayloadText;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.payload.Payloads;
import io.millrace.storage.payload.TypeRef;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What has no form is refused before there is a value of it; what is damaged, by one exception. */
final class JsonRefusalTest {

  private static final int ROUNDS = 20_000;

  private final JsonPayloadCodec codec = new JsonPayloadCodec();
  private final Payloads payloads =
      new Payloads(PayloadTypes.empty(), codec, List.of(), Payloads.DEFAULT_BYTES_MAX);

  record Holder(List<Object> anything) {}

  interface Open {}

  record Opened(Open open) implements Open {}

  static final class NoWayIn {
    private final int count;

    NoWayIn(int count) {
      this.count = count;
    }

    int count() {
      return count;
    }
  }

  record Keyed(Map<Opened, String> byRecord) {}

  sealed interface Family {}

  static non-sealed class Member implements Family {}

  static final class Stranger extends Member {}

  static final class Left {
    record Same() implements Twins {}
  }

  static final class Right {
    record Same() implements Twins {}
  }

  sealed interface Twins permits Left.Same, Right.Same {}

  record Node(String name, @Nullable Node next) {}

  static final class Ring {
    @Nullable Ring next;
  }

  @Test
  void shouldRefuseTypesThatWouldComeBackAsSomethingElse() {
    refuses(TypeRef.of(Object.class), "java.lang.Object may stand for any class");
    refuses(TypeRef.of(Holder.class), "java.lang.Object may stand for any class");
    refuses(new TypeRef<Map<String, Object>>() {}, "java.lang.Object may stand for any class");
    refuses(TypeRef.of(Open.class), Open.class.getName() + " may stand for any class");
    refuses(TypeRef.of(Opened.class), "make it a sealed interface");
    refuses(TypeRef.of(CharSequence.class), "java.lang.CharSequence may stand for any class");
    refuses(TypeRef.of(Number.class), "java.lang.Number may stand for any class");
    refuses(
        TypeRef.of(NoWayIn.class), "no object of " + NoWayIn.class.getName() + " could be made");
    refuses(TypeRef.of(Keyed.class), Opened.class.getName());
    refuses(TypeRef.of(Twins.class), "have one name, Same; rename one");
  }

  private void refuses(TypeRef<?> type, String message) {
    assertThatThrownBy(() -> payloads.check(type))
        .isInstanceOf(PayloadException.class)
        .hasMessageStartingWith("cannot store values of " + type)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseValuesThatAreNotOfTheType() {
    assertThatThrownBy(() -> payloads.encode(7, TypeRef.of(String.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageStartingWith("cannot store a value of java.lang.String");
    assertThatThrownBy(() -> payloads.encode(new Stranger(), TypeRef.of(Family.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("expected a member of " + Family.class.getName())
        .hasMessageContaining("members=[Member]");
  }

  @Test
  void shouldSayByHowMuchAValueIsTooLarge() {
    TypeRef<String> text = TypeRef.of(String.class);
    Payloads small = new Payloads(PayloadTypes.empty(), codec, List.of(), 1_000);

    assertThat(small.encode("x".repeat(997), text).size()).isEqualTo(1_000);
    assertThatThrownBy(() -> small.encode("x".repeat(9_998), text))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("payloadBytesMax=1000 bytes, bytes=10001;");
  }

  @Test
  void shouldStopAtACycleAndAtADeepNest() {
    Ring ring = new Ring();
    ring.next = new Ring();
    ring.next.next = ring;
    assertThatThrownBy(() -> payloads.encode(ring, TypeRef.of(Ring.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("expected at most depth=256; is there a cycle?");
    byte[] nest = new byte[100_000];
    Arrays.fill(nest, (byte) '[');
    nest[0] = 'J';
    assertThatThrownBy(() -> payloads.decode(Payload.wrap(nest), new TypeRef<List<Node>>() {}))
        .isInstanceOf(PayloadException.class);
  }

  @Test
  void shouldNeverTellWhatAPayloadHolds() {
    Payload secret = payloads.encode("secret", TypeRef.of(String.class));
    Payload broken = Payload.wrap("J{\"name\":\"secret".getBytes(StandardCharsets.UTF_8));
    for (TypeRef<?> type :
        List.of(
            TypeRef.of(Integer.class),
            TypeRef.of(Node.class),
            TypeRef.of(Thread.State.class),
            TypeRef.of(ZonedDateTime.class),
            TypeRef.of(BigDecimal.class))) {
      for (Payload payload : List.of(secret, broken)) {
        assertThatThrownBy(() -> payloads.decode(payload, type))
            .isInstanceOf(PayloadException.class)
            .satisfies(e -> assertThat(trace(e)).contains("cannot read").doesNotContain("secret"));
      }
    }
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void shouldRefuseDamagedPayloadsByOneExceptionOnly() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    Node node = new Node("水车", new Node("b", null));
    List<Map.Entry<TypeRef<?>, Payload>> samples = new ArrayList<>();
    samples.add(sample(TypeRef.of(Node.class), node));
    samples.add(sample(TypeRef.of(BigDecimal.class), new BigDecimal("12345.678")));
    samples.add(sample(TypeRef.of(Family.class), new Member()));
    samples.add(
        sample(TypeRef.of(ZonedDateTime.class), ZonedDateTime.parse("2024-01-01T00:00:00Z[UTC]")));
    samples.add(sample(new TypeRef<Map<Integer, int[]>>() {}, Map.of(1, new int[] {1, 2})));
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var sample = samples.get(random.nextInt(samples.size()));
      Payload damaged = damage(sample.getValue(), random);
      try {
        payloads.decode(damaged, sample.getKey());
        payloads.render(damaged);
      } catch (PayloadException expected) {
        refused++;
      } catch (Throwable wrong) {
        throw new AssertionError(
            "seed=%d round=%d type=%s bytes=%s"
                .formatted(seed, round, sample.getKey(), Arrays.toString(damaged.array())),
            wrong);
      }
    }
    assertThat(refused).as("seed=%d", seed).isGreaterThan(ROUNDS / 10);
  }

  private Map.Entry<TypeRef<?>, Payload> sample(TypeRef<?> type, Object value) {
    return Map.entry(type, payloads.encode(value, type));
  }

  private static Payload damage(Payload sound, Random random) {
    byte[] bytes = sound.array().clone();
    int at = 1 + random.nextInt(bytes.length - 1);
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes = Arrays.copyOf(bytes, at);
      default -> bytes[at] = (byte) "{}[]\",:0e-".charAt(random.nextInt(10));
    }
    return Payload.wrap(bytes);
  }

  @Test
  void shouldShowItsPayloadsWithoutAnyClass() {
    Payload payload = payloads.encode(new Node("水", null), TypeRef.of(Node.class));

    assertThat(PayloadText.render(payload, PayloadTypes.empty()))
        .isEqualTo("{\"name\":\"水\",\"next\":null}");
    Payload damaged = Payload.wrap(new byte[] {'J', '"', (byte) 0xFF, '"'});
    assertThatThrownBy(() -> PayloadText.render(damaged, PayloadTypes.empty()))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("expected JSON in UTF-8");
  }

  @Test
  void shouldTakeSerializersOfTheUsers() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Integer.class, new ToStringSerializer());
    JsonPayloadCodec own = new JsonPayloadCodec(mapper -> mapper.addModule(module));

    assertThat(own.render(own.encode(7, TypeRef.of(Integer.class), 100))).isEqualTo("\"7\"");
  }
}
