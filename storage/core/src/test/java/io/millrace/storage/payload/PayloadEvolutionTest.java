package io.millrace.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the first generation of a program wrote, its second generation reads. */
final class PayloadEvolutionTest {

  private final Payloads payloads = Payloads.kryo(PayloadTypes.empty());

  @Test
  void shouldMatchFieldsByNameWhenTheyMoveComeAndGo() {
    V1.Order written =
        new V1.Order(
            "o-1", 7, 1.5f, List.of(new V1.Line("a", 2)), new V1.Gone(Map.of("k", List.of(1L))));

    V2.Order read = reread(written, V1.Order.class, V2.Order.class);

    assertThat(read)
        .isEqualTo(
            new V2.Order(
                List.of(new V2.Line(2, "a", null)), Optional.empty(), 7L, "o-1", 1.5d, 0, null));
  }

  @Test
  void shouldReadTheNewerGenerationWithTheOlderClass() {
    V2.Order written =
        new V2.Order(List.of(), Optional.of(Duration.ZERO), 7L, "o-1", 1.5d, 3, Set.of("x"));

    assertThatThrownBy(() -> reread(written, V2.Order.class, V1.Order.class))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("field total of " + V1.Order.class.getName())
        .hasMessageContaining("expected int, stored=long");
  }

  @Test
  void shouldReadEnumConstantsByName() {
    TypeRef<List<V1.Level>> v1 = new TypeRef<>() {};
    TypeRef<List<V2.Level>> v2 = new TypeRef<>() {};

    Payload kept = payloads.encode(List.of(V1.Level.LOW, V1.Level.HIGH), v1);
    Payload gone = payloads.encode(List.of(V1.Level.MIDDLE), v1);

    assertThat(payloads.decode(kept, v2)).containsExactly(V2.Level.LOW, V2.Level.HIGH);
    assertThatThrownBy(() -> payloads.decode(gone, v2))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("expected a constant of " + V2.Level.class.getName())
        .hasMessageContaining("stored=MIDDLE");
  }

  @Test
  void shouldReadMembersOfSealedFamiliesByName() {
    V2.Event read =
        reread(new V1.Paid("now"), TypeRef.of(V1.Event.class), TypeRef.of(V2.Event.class));

    assertThat(read).isEqualTo(new V2.Paid(0, "now"));
    assertThatThrownBy(
            () -> reread(new V1.Refused(1), TypeRef.of(V1.Event.class), TypeRef.of(V2.Event.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("stored=" + V1.Refused.class.getName())
        .hasMessageContaining("expected a member of " + V2.Event.class.getName());
  }

  @Test
  void shouldWidenNumbersAndWrapThem() {
    assertThat(reread(7, Integer.class, Long.class)).isEqualTo(7L);
    assertThat(reread((byte) -7, Byte.class, Integer.class)).isEqualTo(-7);
    assertThat(reread('c', Character.class, Integer.class)).isEqualTo((int) 'c');
    assertThat(reread(1.5f, Float.class, Double.class)).isEqualTo(1.5d);
    assertThat(reread(7, Integer.class, Double.class)).isEqualTo(7d);
    assertThat(reread("x", TypeRef.of(String.class), new TypeRef<Optional<String>>() {}))
        .isEqualTo(Optional.of("x"));
    assertThat(reread(Set.of(7), new TypeRef<Set<Integer>>() {}, new TypeRef<List<Long>>() {}))
        .containsExactly(7L);
    assertThat(
            reread(new String[] {"a"}, TypeRef.of(String[].class), new TypeRef<List<String>>() {}))
        .containsExactly("a");
  }

  @Test
  void shouldRefuseWhatWouldLoseSomething() {
    refuses(7L, Long.class, Integer.class, "expected Integer, stored=Long");
    refuses(7L, Long.class, Double.class, "expected Double, stored=Long");
    refuses(1d, Double.class, Float.class, "expected Float, stored=Double");
    refuses("x", String.class, Integer.class, "expected Integer, stored=String");
    refuses(
        new V1.Line("a", 1),
        V1.Line.class,
        V2.Level.class,
        "expected %s (enum), stored=%s (record)"
            .formatted(V2.Level.class.getName(), V1.Line.class.getName()));
  }

  @Test
  void shouldRefuseNullWhereAPrimitiveIsExpected() {
    assertThat(reread(new V1.Boxed(3), V1.Boxed.class, V2.Boxed.class)).isEqualTo(new V2.Boxed(3));
    refuses(
        new V1.Boxed(null),
        V1.Boxed.class,
        V2.Boxed.class,
        "field value of " + V2.Boxed.class.getName() + " expected int, stored=null");
  }

  @Test
  void shouldRefuseATypeThatSharesNothingWithWhatWasStored() {
    refuses(
        new V1.Line("a", 1), V1.Line.class, V2.Boxed.class, "stored=" + V1.Line.class.getName());
  }

  @Test
  void shouldReadARecordAsAClassAndKeepWhatItsConstructorSets() {
    V2.Bean bean = reread(new V1.Line("a", 2), V1.Line.class, V2.Bean.class);

    assertThat(bean.item).isEqualTo("a");
    assertThat(bean.note).isEqualTo("from the constructor");
    assertThat(reread(bean, V2.Bean.class, V1.Line.class)).isEqualTo(new V1.Line("a", 0));
  }

  @Test
  void shouldReadVoidAsNullAndAnythingAsVoid() {
    Payload nothing = payloads.encode(null, TypeRef.of(Void.class));
    Payload line = payloads.encode(new V1.Line("a", 1), TypeRef.of(V1.Line.class));

    assertThat(payloads.decode(nothing, TypeRef.of(V1.Line.class))).isNull();
    assertThat((Object) payloads.decode(line, TypeRef.of(Void.class))).isNull();
  }

  @Test
  void shouldReadATreeThatGrewAField() {
    V1.Node tree = new V1.Node("r", List.of(new V1.Node("c", List.of())));

    V2.Node read = reread(tree, V1.Node.class, V2.Node.class);

    assertThat(read)
        .isEqualTo(new V2.Node("r", 0, List.of(new V2.Node("c", 0, List.of(), null)), null));
  }

  @Test
  void shouldSayWhenAConstructorRefusesWhatWasStored() {
    assertThatThrownBy(() -> reread(new V1.Line("a", 1), V1.Line.class, V2.Strict.class))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("as " + V2.Strict.class.getName() + ": its constructor refused")
        .hasRootCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void shouldSkipEveryKindOfFieldThatIsGone() {
    Payload payload =
        payloads.encode(
            new V1.Full(
                List.of(V1.Level.LOW), Optional.of(new V1.Paid("x")), new int[] {1, 2}, "k"),
            TypeRef.of(V1.Full.class));

    assertThat(payloads.decode(payload, TypeRef.of(V2.Full.class))).isEqualTo(new V2.Full("k"));
  }

  private <A, B> B reread(A written, Class<A> from, Class<B> to) {
    return reread(written, TypeRef.of(from), TypeRef.of(to));
  }

  private <A, B> B reread(A written, TypeRef<? super A> from, TypeRef<B> to) {
    return Objects.requireNonNull(payloads.decode(payloads.encode(written, from), to));
  }

  private <A> void refuses(A written, Class<A> from, Class<?> to, String message) {
    Payload payload = payloads.encode(written, TypeRef.of(from));
    assertThatThrownBy(() -> payloads.decode(payload, TypeRef.of(to)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("cannot read a payload as " + to.getName());
  }

  /** Lists that are read back are our own, whatever was written. */
  @Test
  void shouldNotKeepTheCallersObjects() {
    ArrayList<String> mine = new ArrayList<>(List.of("a"));
    Payload payload = payloads.encode(mine, new TypeRef<List<String>>() {});
    mine.set(0, "b");

    assertThat(payloads.decode(payload, new TypeRef<List<String>>() {})).containsExactly("a");
  }
}
