package io.millrace.storage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.payload.KryoPayloadCodec;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.payload.Payloads;
import io.millrace.storage.payload.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the first generation of a program wrote, its second generation reads, or is told why not.
 */
final class JsonEvolutionTest {

  private final Payloads payloads =
      new Payloads(
          PayloadTypes.empty(), new JsonPayloadCodec(), List.of(), Payloads.DEFAULT_BYTES_MAX);

  @Test
  void shouldMatchFieldsByNameWhenTheyMoveComeAndGo() {
    V1.Order written = new V1.Order("o-1", 7, 1.5f, List.of(new V1.Line("a", 2)), Map.of("k", 1L));

    assertThat(reread(written, V1.Order.class, V2.Order.class))
        .isEqualTo(
            new V2.Order(
                List.of(new V2.Line(2, "a", null)), Optional.empty(), 7L, "o-1", 1.5d, 0, null));
  }

  @Test
  void shouldReadMembersOfSealedFamiliesByName() {
    assertThat(reread(new V1.Paid("now"), V1.Event.class, V2.Event.class))
        .isEqualTo(new V2.Paid(0, "now"));
    refuses(
        new V1.Refused(1),
        V1.Event.class,
        V2.Event.class,
        "expected a member of " + V2.Event.class.getName(),
        "stored=Refused, members=[Paid, Sent]");
  }

  @Test
  void shouldReadAMemberAsItsFamilyAndAlone() {
    Payload family = payloads.encode(new V1.Paid("now"), TypeRef.of(V1.Event.class));

    assertThat(payloads.decode(family, TypeRef.of(V1.Paid.class))).isEqualTo(new V1.Paid("now"));
    refuses(
        new V1.Paid("now"), V1.Paid.class, V1.Event.class, "expected", V1.Event.class.getName());
  }

  @Test
  void shouldReadEnumConstantsByName() {
    assertThat(reread(V1.Level.LOW, V1.Level.class, V2.Level.class)).isEqualTo(V2.Level.LOW);
    refuses(
        V1.Level.MIDDLE, V1.Level.class, V2.Level.class, "expected " + V2.Level.class.getName());
    refuses(1, Integer.class, V2.Level.class, "expected " + V2.Level.class.getName());
  }

  @Test
  void shouldWidenAndRefuseWhatWouldLoseSomething() {
    assertThat(reread(7, Integer.class, Long.class)).isEqualTo(7L);
    assertThat(reread(7, Integer.class, Double.class)).isEqualTo(7d);
    assertThat(reread(7L, Long.class, Integer.class)).as("it fits").isEqualTo(7);
    refuses(1L << 40, Long.class, Integer.class, "expected", "int");
    refuses(1.5d, Double.class, Integer.class, "expected java.lang.Integer");
    refuses("7", String.class, Integer.class, "expected java.lang.Integer");
    refuses(7, Integer.class, String.class, "expected java.lang.String");
    refuses(true, Boolean.class, String.class, "expected java.lang.String");
    refuses(1, Integer.class, Boolean.class, "expected java.lang.Boolean");
  }

  @Test
  void shouldSayWhichFieldDoesNotFit() {
    record Row(List<V1.Line> lines) {}
    record Other(int count) {}
    record Changed(List<Other> lines) {}
    record Text(String count) {}
    record Texts(List<Text> lines) {}

    assertThat(reread(new Row(List.of(new V1.Line("a", 1))), Row.class, Changed.class))
        .isEqualTo(new Changed(List.of(new Other(1))));
    refuses(
        new Row(List.of(new V1.Line("a", 1))), Row.class, Texts.class, "field=lines[0].count: ");
  }

  @Test
  void shouldRefuseNullWhereAPrimitiveIsExpected() {
    assertThat(reread(new V1.Boxed(3), V1.Boxed.class, V2.Boxed.class)).isEqualTo(new V2.Boxed(3));
    refuses(new V1.Boxed(null), V1.Boxed.class, V2.Boxed.class, "field=value", "expected int");
  }

  @Test
  void shouldSayWhenAConstructorRefusesWhatWasStored() {
    Payload payload = payloads.encode(new V1.Line("a", 1), TypeRef.of(V1.Line.class));

    assertThatThrownBy(() -> payloads.decode(payload, TypeRef.of(V2.Strict.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("the constructor of " + V2.Strict.class.getName() + " refused")
        .hasRootCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void shouldReadWhatTheDefaultCodecWroteWhenItIsARegisteredReader() {
    PayloadTypes types = PayloadTypes.empty();
    KryoPayloadCodec kryo = new KryoPayloadCodec(types);
    Payload before = Payloads.kryo(types).encode(new V1.Line("a", 1), TypeRef.of(V1.Line.class));
    Payloads after = new Payloads(types, new JsonPayloadCodec(), List.of(kryo), 1000);

    assertThat(after.decode(before, TypeRef.of(V2.Line.class)))
        .isEqualTo(new V2.Line(1, "a", null));
  }

  private <A, B> B reread(A written, Class<? super A> from, Class<B> to) {
    Payload payload = payloads.encode(written, TypeRef.of(from));
    return Objects.requireNonNull(payloads.decode(payload, TypeRef.of(to)));
  }

  private void refuses(Object written, Class<?> from, Class<?> to, String... messages) {
    Payload payload = payloads.encode(written, TypeRef.of(from));
    assertThatThrownBy(() -> payloads.decode(payload, TypeRef.of(to)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("cannot read a payload as " + to.getName())
        .hasMessageContainingAll(messages);
  }
}
