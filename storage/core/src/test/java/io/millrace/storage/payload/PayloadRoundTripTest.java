package io.millrace.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of value that is supported comes back equal, and of the class that is promised. */
final class PayloadRoundTripTest {

  private final Payloads payloads = Payloads.kryo(PayloadTypes.empty());

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource({"scalars", "times", "collections", "arrays", "userTypes"})
  void shouldReadBackWhatWasWritten(TypeRef<?> type, @Nullable Object value) {
    Payload payload = payloads.encode(value, type);

    Object first = payloads.decode(payload, type);
    Object second = payloads.decode(payload, type);

    assertThat(first).isEqualTo(value);
    assertThat(second).isEqualTo(value);
    assertThat(payloads.encode(first, type)).isEqualTo(payload);
    assertThat(payloads.render(payload)).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"scalars", "times", "collections", "arrays", "userTypes"})
  void shouldReadBackNull(TypeRef<?> type, @Nullable Object ignored) {
    if (type.type() instanceof Class<?> known && known.isPrimitive()) {
      return;
    }
    Payload payload = payloads.encode(null, type);

    assertThat((Object) payloads.decode(payload, type)).isNull();
    assertThat(payloads.render(payload)).isEqualTo("null");
  }

  static Stream<Arguments> scalars() {
    return Stream.of(
        row(boolean.class, true),
        row(byte.class, (byte) -1),
        row(short.class, Short.MIN_VALUE),
        row(char.class, '\uFFFF'),
        row(int.class, Integer.MIN_VALUE),
        row(long.class, Long.MIN_VALUE),
        row(float.class, -0.0f),
        row(double.class, Double.NaN),
        row(Boolean.class, false),
        row(Byte.class, Byte.MIN_VALUE),
        row(Short.class, Short.MAX_VALUE),
        row(Character.class, 'x'),
        row(Integer.class, Integer.MAX_VALUE),
        row(Long.class, Long.MAX_VALUE),
        row(Float.class, Float.MIN_VALUE),
        row(Double.class, Double.NEGATIVE_INFINITY),
        row(Void.class, null),
        row(String.class, ""),
        row(String.class, "plain"),
        row(String.class, "Zürich ÿ\u0000"),
        row(String.class, "水車 \uD83D\uDCA7 \u0800\u07FF\u007F"),
        row(String.class, "unpaired \uD83D and \uDCA7"),
        row(String.class, "x".repeat(5000)),
        row(byte[].class, new byte[] {1, 2, -3}),
        row(BigInteger.class, BigInteger.TEN.pow(40).negate()),
        row(BigDecimal.class, new BigDecimal("-12.340")),
        row(BigDecimal.class, new BigDecimal(BigInteger.ONE, -20)),
        row(UUID.class, new UUID(-5, 7)),
        row(URI.class, URI.create("https://example.org/a?b=c#d")),
        row(Locale.class, Locale.forLanguageTag("de-CH")),
        row(Currency.class, Currency.getInstance("CHF")));
  }

  static Stream<Arguments> times() {
    LocalDateTime local = LocalDateTime.of(2024, 10, 27, 2, 30, 0, 1);
    ZoneId zone = ZoneId.of("Europe/Zurich");
    return Stream.of(
        row(Instant.class, Instant.MIN),
        row(Instant.class, Instant.ofEpochSecond(-1, 999_999_999)),
        row(Duration.class, Duration.ofSeconds(Long.MIN_VALUE, 5)),
        row(LocalDate.class, LocalDate.MIN),
        row(LocalTime.class, LocalTime.MAX),
        row(LocalDateTime.class, local),
        row(OffsetDateTime.class, local.atOffset(ZoneOffset.ofHoursMinutes(-3, -30))),
        row(OffsetTime.class, OffsetTime.of(local.toLocalTime(), ZoneOffset.MAX)),
        // The hour that occurs twice: the offset tells which.
        row(ZonedDateTime.class, ZonedDateTime.ofLocal(local, zone, ZoneOffset.ofHours(1))),
        row(ZonedDateTime.class, ZonedDateTime.ofLocal(local, zone, ZoneOffset.ofHours(2))),
        row(ZonedDateTime.class, local.atZone(ZoneOffset.UTC)),
        row(ZoneId.class, zone),
        row(ZoneId.class, ZoneOffset.ofHours(2)),
        row(ZoneOffset.class, ZoneOffset.ofTotalSeconds(-3601)),
        row(Period.class, Period.of(-1, 14, 40)),
        row(Year.class, Year.of(-44)),
        row(YearMonth.class, YearMonth.of(2024, 2)),
        row(MonthDay.class, MonthDay.of(2, 29)));
  }

  static Stream<Arguments> collections() {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("b", 1);
    map.put("a", null);
    map.put(null, 3);
    EnumMap<DayOfWeek, String> days = new EnumMap<>(DayOfWeek.class);
    days.put(DayOfWeek.FRIDAY, null);
    return Stream.of(
        row(new TypeRef<List<String>>() {}, Arrays.asList("a", null, "a")),
        row(new TypeRef<List<Integer>>() {}, Collections.nCopies(100, 7)),
        row(new TypeRef<Collection<Long>>() {}, List.of(1L)),
        row(new TypeRef<ArrayList<String>>() {}, new ArrayList<>(List.of("a"))),
        row(new TypeRef<Set<String>>() {}, new LinkedHashSet<>(Arrays.asList("z", null, "a"))),
        row(new TypeRef<TreeSet<String>>() {}, new TreeSet<>(Set.of("z", "a"))),
        row(new TypeRef<EnumSet<DayOfWeek>>() {}, EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)),
        row(new TypeRef<EnumSet<DayOfWeek>>() {}, EnumSet.noneOf(DayOfWeek.class)),
        row(new TypeRef<Map<String, Integer>>() {}, map),
        row(new TypeRef<HashMap<UUID, List<String>>>() {}, singleton()),
        row(new TypeRef<SortedMap<String, Integer>>() {}, new TreeMap<>(Map.of("a", 1, "b", 2))),
        row(
            new TypeRef<ConcurrentHashMap<String, Integer>>() {},
            new ConcurrentHashMap<>(Map.of("a", 1))),
        row(new TypeRef<EnumMap<DayOfWeek, String>>() {}, days),
        row(new TypeRef<Optional<String>>() {}, Optional.of("x")),
        row(new TypeRef<Optional<String>>() {}, Optional.empty()),
        row(
            new TypeRef<List<Map<String, Optional<int[][]>>>>() {},
            List.of(Map.of("none", Optional.empty()))));
  }

  private static Map<UUID, List<String>> singleton() {
    return new HashMap<>(Map.of(new UUID(1, 2), List.of("x")));
  }

  static Stream<Arguments> arrays() {
    return Stream.of(
        row(boolean[].class, new boolean[] {true, false}),
        row(short[].class, new short[] {1, -2}),
        row(char[].class, new char[] {'a', '\uFFFF'}),
        row(int[].class, new int[] {Integer.MIN_VALUE, 0}),
        row(long[].class, new long[] {Long.MAX_VALUE}),
        row(float[].class, new float[] {Float.NaN, 1f}),
        row(double[].class, new double[] {}),
        row(String[].class, new String[] {"a", null}),
        row(Byte[].class, new Byte[] {1, null}),
        row(int[][].class, new int[][] {{1}, {}, {2, 3}}),
        row(DayOfWeek[].class, DayOfWeek.values()));
  }

  static Stream<Arguments> userTypes() {
    Tree tree = new Tree("root", List.of(new Tree("leaf", List.of()), new Tree("x", List.of())));
    Everything everything =
        new Everything(true, (byte) 1, (short) 2, 'c', 3, 4L, 5f, 6d, "s", Color.RED, null, tree);
    Bean bean = new Bean();
    bean.inherited = 7;
    bean.name = "bean";
    bean.tags = new ArrayList<>(List.of("t"));
    return Stream.of(
        row(Color.class, Color.GREEN),
        row(DayOfWeek.class, DayOfWeek.TUESDAY),
        row(Nothing.class, new Nothing()),
        row(Tree.class, tree),
        row(Everything.class, everything),
        row(Bean.class, bean),
        row(Figure.class, new Circle(2.5)),
        row(Figure.class, Unit.POINT),
        row(new TypeRef<List<Figure>>() {}, Arrays.asList(new Square(1), null, Unit.LINE)),
        row(new TypeRef<Pair<String, List<Tree>>>() {}, new Pair<>("l", List.of(tree))),
        row(new TypeRef<Result<Tree>>() {}, new Result.Ok<>(tree)),
        row(new TypeRef<Result<Tree>>() {}, new Result.Failed<>("why")),
        row(new TypeRef<Map<Color, Pair<Integer, Integer>>>() {}, Map.of(Color.RED, pair())),
        row(new TypeRef<Pair<String, Integer>[]>() {}, new Pair<?, ?>[] {new Pair<>("a", 1)}),
        row(new TypeRef<Deque<String>>() {}, null));
  }

  private static Pair<Integer, Integer> pair() {
    return new Pair<>(1, null);
  }

  private static Arguments row(Class<?> type, @Nullable Object value) {
    return Arguments.of(TypeRef.of(type), value);
  }

  private static <T> Arguments row(TypeRef<T> type, @Nullable Object value) {
    return Arguments.of(type, value);
  }

  @org.junit.jupiter.api.Test
  void shouldReadPlainInterfacesAsUnmodifiable() {
    List<String> list = roundTrip(new ArrayList<>(List.of("a")), new TypeRef<List<String>>() {});
    Deque<String> deque = roundTrip(new ArrayDeque<>(List.of("a")), new TypeRef<>() {});

    assertThat(list).isUnmodifiable();
    assertThat(deque).isInstanceOf(ArrayDeque.class).containsExactly("a");
  }

  private <T> T roundTrip(T value, TypeRef<T> type) {
    T read = payloads.decode(payloads.encode(value, type), type);
    assertThat(read).isNotNull();
    return java.util.Objects.requireNonNull(read);
  }

  /** Constants with bodies have classes of their own. */
  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "green!";
      }
    }
  }

  private record Nothing() {}

  private record Tree(String name, List<Tree> children) {}

  private record Everything(
      boolean z,
      byte b,
      short s,
      char c,
      int i,
      long l,
      float f,
      double d,
      String text,
      Color color,
      @Nullable Integer boxed,
      Tree tree) {}

  private record Pair<A, B>(A first, @Nullable B second) {}

  private sealed interface Result<T> {
    record Ok<V>(V value) implements Result<V> {}

    record Failed<V>(String why) implements Result<V> {}
  }

  private sealed interface Figure permits Circle, Square, Flat {}

  private record Circle(double radius) implements Figure {}

  private record Square(int side) implements Figure {}

  private sealed interface Flat extends Figure {}

  private enum Unit implements Flat {
    POINT,
    LINE
  }

  private static class BeanParent {
    int inherited;
  }

  private static final class Bean extends BeanParent {
    private @Nullable String name;
    private @Nullable ArrayList<String> tags;
    private transient int ignored = 5;

    private Bean() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bean that
          && inherited == that.inherited
          && ignored == that.ignored
          && java.util.Objects.equals(name, that.name)
          && java.util.Objects.equals(tags, that.tags);
    }

    @Override
    public int hashCode() {
      return java.util.Objects.hash(inherited, name, tags);
    }
  }
}
