package io.millrace.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.PayloadTypeRow;
import java.io.IOException;
import java.io.InputStream;
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
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The stored form, frozen: what was once released must be read for ever, and written the same until
 * a new version says otherwise. On a failure the whole file as today's code writes it is in the
 * message; never edit a released file to make this pass.
 */
final class GoldenPayloadTest {

  private static final String FILE = "/golden/payloads-v1.txt";

  private final List<Sample> samples = samples();

  @Test
  void shouldReadTheGoldenBytes() throws IOException {
    Golden golden = Golden.read();
    Payloads payloads = Payloads.kryo(new PayloadTypes(golden.types));

    assertThat(golden.values.keySet()).containsExactlyElementsOf(labels());
    for (Sample sample : samples) {
      Payload payload = Objects.requireNonNull(golden.values.get(sample.label));
      assertThat((Object) payloads.decode(payload, sample.type))
          .as(sample.label)
          .isEqualTo(sample.value);
    }
    assertThat(payloads.types().pending()).isEmpty();
  }

  @Test
  void shouldStillWriteTheGoldenBytes() throws IOException {
    PayloadTypes types = PayloadTypes.empty();
    Payloads payloads = Payloads.kryo(types);
    List<String> values = new ArrayList<>();
    for (Sample sample : samples) {
      values.add("value " + sample.label + " " + hex(payloads.encode(sample.value, sample.type)));
    }
    List<String> lines = new ArrayList<>();
    for (PayloadTypeRow row : types.rows()) {
      lines.add("type " + row.id() + " " + row.name() + " " + hex(row.descriptor()));
    }
    lines.addAll(values);

    assertThat(String.join("\n", lines) + "\n").isEqualTo(Golden.text());
  }

  private List<String> labels() {
    return samples.stream().map(Sample::label).toList();
  }

  private static String hex(Payload payload) {
    return HexFormat.of().formatHex(payload.array());
  }

  private static List<Sample> samples() {
    List<Sample> all = new ArrayList<>();
    scalars(all);
    times(all);
    composites(all);
    return all;
  }

  private static void scalars(List<Sample> all) {
    add(all, "void", Void.class, null);
    add(all, "boolean", Boolean.class, true);
    add(all, "byte", Byte.class, (byte) -1);
    add(all, "short", Short.class, (short) 258);
    add(all, "char", Character.class, '\u0102');
    add(all, "int", Integer.class, -300);
    add(all, "long", Long.class, Long.MIN_VALUE);
    add(all, "float", Float.class, 1.5f);
    add(all, "double", Double.class, -0.5d);
    add(all, "null-int", Integer.class, null);
    add(all, "text", String.class, "plain");
    add(all, "text-latin", String.class, "Zürich");
    add(all, "text-wide", String.class, "水\uD83D\uDCA7é");
    add(all, "text-null", String.class, null);
    add(all, "bytes", byte[].class, new byte[] {1, 2});
    add(all, "big-integer", BigInteger.class, new BigInteger("-123456789012345678901234567890"));
    add(all, "big-decimal", BigDecimal.class, new BigDecimal("-12.50"));
    add(all, "uuid", UUID.class, new UUID(1, -2));
    add(all, "uri", URI.class, URI.create("https://example.org/a"));
    add(all, "locale", Locale.class, Locale.forLanguageTag("de-CH"));
    add(all, "currency", Currency.class, Currency.getInstance("CHF"));
  }

  private static void times(List<Sample> all) {
    LocalDateTime local = LocalDateTime.of(2024, 2, 29, 23, 59, 58, 7);
    add(all, "instant", Instant.class, Instant.ofEpochSecond(-5, 7));
    add(all, "duration", Duration.class, Duration.ofMillis(-1500));
    add(all, "date", LocalDate.class, local.toLocalDate());
    add(all, "time", LocalTime.class, local.toLocalTime());
    add(all, "date-time", LocalDateTime.class, local);
    ZoneOffset offset = ZoneOffset.ofHours(-3);
    add(all, "offset-date-time", java.time.OffsetDateTime.class, local.atOffset(offset));
    add(all, "offset-time", java.time.OffsetTime.class, local.toLocalTime().atOffset(offset));
    add(all, "zoned", ZonedDateTime.class, local.atZone(ZoneId.of("Europe/Zurich")));
    add(all, "zone", ZoneId.class, ZoneId.of("UTC"));
    add(all, "offset", ZoneOffset.class, offset);
    add(all, "period", Period.class, Period.of(1, -2, 3));
    add(all, "year", Year.class, Year.of(2024));
    add(all, "year-month", YearMonth.class, YearMonth.of(2024, 2));
    add(all, "month-day", MonthDay.class, MonthDay.of(2, 29));
  }

  private static void composites(List<Sample> all) {
    add(all, "booleans", boolean[].class, new boolean[] {true});
    add(all, "shorts", short[].class, new short[] {-1});
    add(all, "chars", char[].class, new char[] {'a'});
    add(all, "ints", int[].class, new int[] {1, -1});
    add(all, "longs", long[].class, new long[] {1, -1});
    add(all, "floats", float[].class, new float[] {1});
    add(all, "doubles", double[].class, new double[] {1});
    add(all, "list", new TypeRef<List<String>>() {}, Arrays.asList("a", null));
    add(all, "set", new TypeRef<Set<Integer>>() {}, Set.of(7));
    add(all, "map", new TypeRef<Map<String, Long>>() {}, Map.of("k", 1L));
    add(all, "optional", new TypeRef<Optional<String>>() {}, Optional.of("x"));
    add(all, "optional-empty", new TypeRef<Optional<String>>() {}, Optional.empty());
    V1.Gone gone = new V1.Gone(Map.of("k", List.of(1L)));
    add(
        all,
        "record",
        V1.Order.class,
        new V1.Order("o", 7, 1.5f, List.of(new V1.Line("a", 2)), gone));
    add(all, "record-null", V1.Order.class, null);
    add(all, "tree", V1.Node.class, new V1.Node("r", List.of(new V1.Node("c", List.of()))));
    add(all, "enum", V1.Level.class, V1.Level.HIGH);
    add(all, "sealed", V1.Event.class, new V1.Paid("now"));
    add(all, "events", new TypeRef<List<V1.Event>>() {}, List.of(new V1.Refused(3)));
  }

  private static void add(List<Sample> all, String label, Class<?> type, @Nullable Object value) {
    all.add(new Sample(label, TypeRef.of(type), value));
  }

  private static <T> void add(List<Sample> all, String label, TypeRef<T> type, T value) {
    all.add(new Sample(label, type, value));
  }

  private record Sample(String label, TypeRef<?> type, @Nullable Object value) {}

  /** The file: rows of types, then payloads. */
  private record Golden(List<PayloadTypeRow> types, Map<String, Payload> values) {

    static Golden read() throws IOException {
      List<PayloadTypeRow> types = new ArrayList<>();
      Map<String, Payload> values = new LinkedHashMap<>();
      for (String line : text().lines().toList()) {
        String[] words = line.split(" ");
        Payload payload = Payload.wrap(HexFormat.of().parseHex(words[words.length - 1]));
        if (words[0].equals("type")) {
          types.add(new PayloadTypeRow(Integer.parseInt(words[1]), words[2], payload));
        } else {
          values.put(words[1], payload);
        }
      }
      return new Golden(types, values);
    }

    static String text() throws IOException {
      try (InputStream in = GoldenPayloadTest.class.getResourceAsStream(FILE)) {
        return new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
