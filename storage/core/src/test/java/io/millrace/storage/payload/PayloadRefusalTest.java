package io.millrace.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.Deque;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What has no form is refused, and the message names class, field and the way out. */
@SuppressWarnings({"UnusedMethod", "UnusedVariable", "JdkObsolete"}) // they are read by reflection
final class PayloadRefusalTest {

  private final PayloadTypes types = PayloadTypes.empty();
  private final Payloads payloads = Payloads.kryo(types);

  @ParameterizedTest(name = "{0}")
  @MethodSource({"typesThatSayTooLittle", "typesOfTheWrongMake"})
  void shouldRefuseATypeThatSaysTooLittle(TypeRef<?> type, String where, String why, String what) {
    assertThatThrownBy(() -> payloads.check(type)).isInstanceOf(PayloadException.class);
    assertThatThrownBy(() -> payloads.encode(null, type))
        .isInstanceOf(PayloadException.class)
        .hasMessageStartingWith("cannot store " + where)
        .hasMessageContaining(why)
        .hasMessageEndingWith("; " + what);
    assertThatThrownBy(() -> payloads.decode(Payload.wrap(new byte[] {'K', 1, 0}), type))
        .isInstanceOf(PayloadException.class);
    assertThat(types.rows()).isEmpty();
    assertThat(payloads.isImmutable(type)).isFalse();
  }

  static Stream<Arguments> typesThatSayTooLittle() {
    return Stream.of(
        row(
            Anything.class,
            field("value", Anything.class),
            "java.lang.Object may be anything",
            "declare a record, an enum, a sealed interface, or a collection with type arguments"),
        row(
            Wild.class,
            field("values", Wild.class),
            "type=? extends java.lang.String is a wildcard",
            "name the type argument itself"),
        row(
            Raw.class,
            field("values", Raw.class),
            "type=java.util.List is raw",
            "give its type arguments, such as List<String>"),
        row(
            RawUser.class,
            field("value", RawUser.class),
            "Generic is raw",
            "give its type arguments, such as List<String>"),
        row(
            Open.class,
            field("value", Open.class),
            "OpenInterface is an open interface",
            "seal it, or declare a record, an enum, a sealed interface, or a collection with type arguments"));
  }

  static Stream<Arguments> typesOfTheWrongMake() {
    return Stream.of(
        row(
            OpenClass.class,
            OpenClass.class.getName(),
            "is an open abstract class",
            "seal it, or declare a record, an enum, a sealed interface, or a collection with type arguments"),
        row(
            Reopened.class,
            Reopened.class.getName(),
            "NonSealed opens the sealed family again",
            "make it final or sealed"),
        row(
            Date.class,
            "java.util.Date",
            "is a JDK type without a form",
            "store what it says in a type that has one"),
        row(
            Inner.class,
            Inner.class.getName(),
            "is an inner, anonymous or hidden class",
            "make it a static nested one"),
        row(
            FinalField.class,
            field("fixed", FinalField.class),
            "is final, which no reader can set",
            "make the class a record"),
        row(
            NoConstructor.class,
            NoConstructor.class.getName(),
            "has no constructor without parameters",
            "add one (it may be private), or make the class a record"),
        row(
            Child.class,
            field("name", Child.class),
            "has the name of a superclass's field",
            "rename one of them"),
        row(
            MyException.class,
            MyException.class.getName(),
            "java.lang.RuntimeException is a superclass of the JDK's",
            "store a record instead"),
        row(
            Growing.class,
            field("value", Grow.class),
            "nests type arguments deeper than 32",
            "put a record in between"));
  }

  private static Arguments row(Class<?> type, String where, String why, String what) {
    return Arguments.of(TypeRef.of(type), where, why, what);
  }

  private static String field(String name, Class<?> owner) {
    return "field " + name + " of " + owner.getName();
  }

  @Test
  void shouldRefuseATypeVariable() {
    assertThatThrownBy(() -> payloads.encode("x", PayloadRefusalTest.<String>open()))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("is a type variable that nothing binds")
        .hasMessageEndingWith("use new TypeRef<...>() {} with all type arguments");
  }

  private static <T> TypeRef<List<T>> open() {
    return new TypeRef<>() {};
  }

  @Test
  void shouldRefuseATypeRefThatNamesNoType() {
    assertThatThrownBy(() -> new Indirect() {})
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("new TypeRef<List<Order>>() {}");
  }

  @Test
  void shouldCompareTypeRefsByType() {
    assertThat(new TypeRef<List<String>>() {})
        .isEqualTo(new TypeRef<List<String>>() {})
        .hasSameHashCodeAs(new TypeRef<List<String>>() {})
        .isNotEqualTo(new TypeRef<Collection<String>>() {})
        .hasToString("java.util.List<java.lang.String>");
    assertThat(TypeRef.of(int.class)).isEqualTo(TypeRef.of(Integer.class));
    assertThat(TypeRef.of(void.class).type()).isEqualTo((Type) Void.class);
  }

  @Test
  void shouldRefuseAValueOfAnotherClass() {
    assertThatThrownBy(() -> payloads.encode("x", TypeRef.of(Integer.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("cannot store a value of java.lang.Integer");
    assertThatThrownBy(() -> payloads.encode(new Sub(), TypeRef.of(Base.class)))
        .isInstanceOf(PayloadException.class)
        .hasRootCauseMessage(Sub.class.getName() + " is not exactly " + Base.class.getName());
    assertThatThrownBy(() -> payloads.encode(List.of(), new TypeRef<ArrayList<String>>() {}))
        .isInstanceOf(PayloadException.class);
  }

  @Test
  void shouldRefuseWhatCouldNotBeReadBack() {
    TypeRef<TreeSet<String>> sorted = new TypeRef<>() {};
    TypeRef<Deque<String>> deque = new TypeRef<>() {};
    Deque<String> holey = new LinkedList<>(Collections.singletonList(null));

    assertThatThrownBy(() -> payloads.encode(new TreeSet<>(Comparator.reverseOrder()), sorted))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("cannot store a TreeSet with a comparator");
    assertThatThrownBy(() -> payloads.encode(holey, deque))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("cannot store null in a Deque");
  }

  @Test
  void shouldWrapWhatAnAccessorThrows() {
    assertThatThrownBy(() -> payloads.encode(new Throwing(1), TypeRef.of(Throwing.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("field value of " + Throwing.class.getName() + ": reading it failed")
        .hasRootCauseMessage("mine");
  }

  @Test
  void shouldNeverShowWhatAPayloadHolds() {
    Payload secret = payloads.encode("hunter2", TypeRef.of(String.class));

    assertThatThrownBy(() -> payloads.decode(secret, TypeRef.of(Integer.class)))
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> payloads.decode(secret, TypeRef.of(Anything.class)))
        .hasMessageNotContaining("hunter2");
    assertThat(secret).hasToString("Payload[10 bytes]");
  }

  @Test
  void shouldTellImmutableTypes() {
    assertThat(payloads.isImmutable(TypeRef.of(String.class))).isTrue();
    assertThat(payloads.isImmutable(TypeRef.of(Chain.class))).isTrue();
    assertThat(payloads.isImmutable(new TypeRef<Generic<Thread.State>>() {})).isTrue();
    assertThat(payloads.isImmutable(new TypeRef<Generic<int[]>>() {})).isFalse();
    assertThat(payloads.isImmutable(new TypeRef<Map<String, String>>() {})).isFalse();
    assertThat(payloads.isImmutable(TypeRef.of(byte[].class))).isFalse();
    assertThat(payloads.isImmutable(TypeRef.of(Base.class))).isFalse();
  }

  private record Anything(Object value) {}

  private record Wild(List<? extends String> values) {}

  @SuppressWarnings("rawtypes")
  private record Raw(List values) {}

  private record Generic<T>(T value) {}

  @SuppressWarnings("rawtypes")
  private record RawUser(Generic value) {}

  private interface OpenInterface {}

  private record Open(OpenInterface value) {}

  private abstract static class OpenClass {}

  private sealed interface Reopened permits NonSealed {}

  private static non-sealed class NonSealed implements Reopened {}

  @SuppressWarnings("ClassCanBeStatic")
  private final class Inner {}

  private static final class FinalField {
    private final int fixed;

    private FinalField() {
      fixed = 1;
    }
  }

  private static final class NoConstructor {
    private NoConstructor(int any) {}
  }

  private static class Parent {
    @Nullable String name;
  }

  @SuppressWarnings("HidingField")
  private static final class Child extends Parent {
    @Nullable String name;
  }

  private static final class MyException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private record Growing(Grow<String> grow) {}

  private record Grow<T>(T value, @Nullable Grow<List<T>> next) {}

  private static class Base {}

  private static final class Sub extends Base {}

  private record Chain(@Nullable Chain next, int value) {}

  private record Throwing(int value) {
    @Override
    public int value() {
      throw new IllegalStateException("mine");
    }
  }

  private abstract static class Indirect extends TypeRef<String> {}
}
