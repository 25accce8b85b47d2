package io.millrace.storage.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.payload.Payloads;
import io.millrace.storage.payload.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users declare comes back equal, and reads like JSON of the world outside. */
final class JsonRoundTripTest {

  private final Payloads payloads =
      new Payloads(
          PayloadTypes.empty(), new JsonPayloadCodec(), List.of(), Payloads.DEFAULT_BYTES_MAX);

  record Line(String item, int count) {}

  record Order(String id, Size size, List<Line> lines, Optional<Instant> paid, BigDecimal total) {}

  enum Size {
    SMALL,
    LARGE {
      @Override
      boolean fits() {
        return false;
      }
    };

    boolean fits() {
      return true;
    }
  }

  record Box<T>(T content, List<T> more) {}

  sealed interface Shape {}

  sealed interface Round extends Shape {}

  record Circle(double radius) implements Round {}

  record Square(double side) implements Shape {}

  enum Unit implements Shape {
    POINT
  }

  record Nothing() implements Shape {}

  record Drawing(Shape first, Map<String, Shape> named, Box<Shape> boxed) {}

  sealed interface Result<T> {}

  record Ok<T>(T value) implements Result<T> {}

  record Bad<T>(String why) implements Result<T> {}

  /** A class as many have them: private fields, no getter needed. */
  static final class Plain {
    private String name = "";
    private int count;
    private transient int cached = 9;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Plain that && name.equals(that.name) && count == that.count;
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, count, cached);
    }
  }

  static final class Money {
    private final long cents;

    @JsonCreator
    Money(@JsonProperty("cents") long cents) {
      this.cents = cents;
    }

    /** Computed: no part of what is kept. */
    public long getFrancs() {
      return cents / 100;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Money that && cents == that.cents;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(cents);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource({"scalars", "times", "collections", "userTypes"})
  void shouldReadBackWhatWasWritten(TypeRef<?> type, Object value) {
    payloads.check(type);
    Payload payload = payloads.encode(value, type);

    Object read = payloads.decode(payload, type);

    assertThat(read).isEqualTo(value);
    assertThat(payload.marker()).isEqualTo((byte) 'J');
    assertThat(payloads.encode(read, type)).isEqualTo(payload);
    assertThat(payloads.render(payload)).isEqualTo(text(payload));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"scalars", "times", "userTypes"})
  void shouldReadBackNull(TypeRef<?> type, Object ignored) {
    assertThat((Object) payloads.decode(payloads.encode(null, type), type)).isNull();
  }

  static Stream<Arguments> scalars() {
    return Stream.of(
        row(Boolean.class, false),
        row(Byte.class, Byte.MIN_VALUE),
        row(Short.class, Short.MAX_VALUE),
        row(Character.class, '\uFFFF'),
        row(Integer.class, Integer.MIN_VALUE),
        row(Long.class, Long.MAX_VALUE),
        row(Float.class, -0.0f),
        row(Double.class, Double.NaN),
        row(Double.class, Double.NEGATIVE_INFINITY),
        row(Double.class, Double.MIN_VALUE),
        row(String.class, ""),
        row(String.class, "Zürich 水車 \uD83D\uDCA7 \u0000 \" \\"),
        row(String.class, "unpaired \uD83D and \uDCA7"),
        row(byte[].class, new byte[] {1, 2, -3}),
        row(int[].class, new int[] {1, -2}),
        row(BigInteger.class, BigInteger.TEN.pow(40).negate()),
        row(BigDecimal.class, new BigDecimal("-12.340")),
        row(BigDecimal.class, new BigDecimal(BigInteger.ONE, -20)),
        row(UUID.class, new UUID(-5, 7)),
        row(URI.class, URI.create("https://example.org/a?b=c#d")));
  }

  static Stream<Arguments> times() {
    LocalDateTime local = LocalDateTime.of(2024, 10, 27, 2, 30, 0, 1);
    ZoneId zone = ZoneId.of("Europe/Zurich");
    return Stream.of(
        row(Instant.class, Instant.ofEpochSecond(-1, 999_999_999)),
        row(Duration.class, Duration.ofSeconds(-3, 5)),
        row(LocalDate.class, LocalDate.of(-44, 3, 15)),
        row(LocalTime.class, LocalTime.MAX),
        row(LocalDateTime.class, local),
        row(OffsetDateTime.class, local.atOffset(ZoneOffset.ofHoursMinutes(-3, -30))),
        // The hour that occurs twice: the offset tells which.
        row(ZonedDateTime.class, ZonedDateTime.ofLocal(local, zone, ZoneOffset.ofHours(1))),
        row(ZonedDateTime.class, ZonedDateTime.ofLocal(local, zone, ZoneOffset.ofHours(2))),
        row(ZoneId.class, zone),
        row(ZoneOffset.class, ZoneOffset.ofHours(-2)),
        row(Period.class, Period.of(-1, 14, 40)),
        row(Year.class, Year.of(2024)),
        row(YearMonth.class, YearMonth.of(2024, 2)),
        row(MonthDay.class, MonthDay.of(2, 29)));
  }

  static Stream<Arguments> collections() {
    return Stream.of(
        row(new TypeRef<List<Integer>>() {}, List.of(3, 1, 2)),
        row(new TypeRef<Set<String>>() {}, new LinkedHashSet<>(List.of("z", "a", "m"))),
        row(new TypeRef<Map<Size, Duration>>() {}, Map.of(Size.LARGE, Duration.ofDays(1))),
        row(new TypeRef<TreeMap<LocalDate, Long>>() {}, new TreeMap<>(Map.of(LocalDate.MIN, 1L))),
        row(new TypeRef<Map<UUID, String>>() {}, Map.of(new UUID(1, 2), "x")),
        row(new TypeRef<Optional<String>>() {}, Optional.of("x")),
        row(new TypeRef<Optional<String>>() {}, Optional.empty()),
        row(new TypeRef<List<Map<String, List<Line>>>>() {}, deep()));
  }

  private static List<Map<String, List<Line>>> deep() {
    return List.of(Map.of("a", List.of(new Line("x", 1))), Map.of());
  }

  static Stream<Arguments> userTypes() {
    Plain plain = new Plain();
    plain.name = "n";
    plain.count = 3;
    return Stream.of(
        row(Order.class, order()),
        row(Size.class, Size.LARGE),
        row(Plain.class, plain),
        row(Money.class, new Money(12_345)),
        row(new TypeRef<Box<Line>>() {}, new Box<>(new Line("a", 1), List.of(new Line("b", 2)))),
        row(new TypeRef<Box<Box<Instant>>>() {}, nested()),
        row(Shape.class, new Circle(1.5)),
        row(Shape.class, Unit.POINT),
        row(Shape.class, new Nothing()),
        row(Circle.class, new Circle(2)),
        row(new TypeRef<List<Shape>>() {}, List.of(new Square(1), new Circle(2), Unit.POINT)),
        row(
            Drawing.class,
            new Drawing(
                new Square(1), Map.of("c", new Circle(1)), new Box<>(new Nothing(), List.of()))),
        row(new TypeRef<Result<List<Line>>>() {}, new Ok<>(List.of(new Line("a", 1)))),
        row(new TypeRef<Result<Line>>() {}, new Bad<Line>("sold out")));
  }

  private static Box<Box<Instant>> nested() {
    return new Box<>(new Box<>(Instant.EPOCH, List.of()), List.of());
  }

  private static Order order() {
    return new Order(
        "o-1",
        Size.SMALL,
        List.of(new Line("a", 2)),
        Optional.of(Instant.parse("2024-02-29T12:00:00Z")),
        new BigDecimal("9.90"));
  }

  @Test
  void shouldWriteTheFormThatIsPromised() {
    assertThat(text(payloads.encode(order(), TypeRef.of(Order.class))))
        .isEqualTo(
            "{\"id\":\"o-1\",\"size\":\"SMALL\",\"lines\":[{\"item\":\"a\",\"count\":2}],"
                + "\"paid\":\"2024-02-29T12:00:00Z\",\"total\":9.90}");
    assertThat(text(payloads.encode(new Circle(1.5), TypeRef.of(Shape.class))))
        .isEqualTo("{\"@type\":\"Circle\",\"radius\":1.5}");
    assertThat(text(payloads.encode(new Money(150), TypeRef.of(Money.class))))
        .as("fields, not what is computed from them")
        .isEqualTo("{\"cents\":150}");
    assertThat(text(payloads.encode(Duration.ofMinutes(90), TypeRef.of(Duration.class))))
        .isEqualTo("\"PT1H30M\"");
  }

  private static String text(Payload payload) {
    return new String(payload.array(), 1, payload.size() - 1, StandardCharsets.UTF_8);
  }

  private static Arguments row(Class<?> type, Object value) {
    return Arguments.of(TypeRef.of(type), value);
  }

  private static Arguments row(TypeRef<?> type, Object value) {
    return Arguments.of(type, value);
  }
}
