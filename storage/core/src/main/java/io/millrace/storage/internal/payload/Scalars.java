package io.millrace.storage.internal.payload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of scalar kinds: the class of each, and its form. */
final class Scalars {

  private static final Map<Class<?>, Kind> KINDS = new HashMap<>();
  private static final EnumMap<Kind, Scalar> FORMS = new EnumMap<>(Kind.class);

  static {
    primitives();
    numbersAndNames();
    times();
    zonedTimes();
    arrays();
    bind(Void.class, Kind.VOID);
    bind(void.class, Kind.VOID);
    FORMS.put(Kind.VOID, nullable((out, value) -> {}, in -> null));
    bind(String.class, Kind.STRING);
    FORMS.put(Kind.STRING, new TextForm());
    bind(byte[].class, Kind.BYTES);
    FORMS.put(Kind.BYTES, new BytesForm());
  }

  private Scalars() {}

  /** Returns the kind of a class, or null if it is no scalar. */
  static @Nullable Kind kindOf(Class<?> type) {
    return KINDS.get(type);
  }

  /** Returns the form of a kind, or null if it is no scalar. */
  static @Nullable Scalar formOf(Kind kind) {
    return FORMS.get(kind);
  }

  /** Whether values of a scalar kind never change. */
  static boolean immutable(Kind kind) {
    return kind != Kind.BYTES && (kind.code() < Kind.BOOLEANS.code());
  }

  private static void primitives() {
    primitive(
        boolean.class,
        Boolean.class,
        Kind.BOOLEAN,
        (out, v) -> out.writeBoolean((Boolean) v),
        PayloadInput::readPresent);
    primitive(
        byte.class,
        Byte.class,
        Kind.BYTE,
        (out, v) -> out.writeByte((Byte) v),
        in -> in.readByte());
    primitive(
        short.class,
        Short.class,
        Kind.SHORT,
        (out, v) -> out.writeShort((Short) v),
        in -> in.readShort());
    primitive(
        char.class,
        Character.class,
        Kind.CHAR,
        (out, v) -> out.writeChar((Character) v),
        in -> in.readChar());
    primitive(
        int.class,
        Integer.class,
        Kind.INT,
        (out, v) -> out.writeVarInt((Integer) v, false),
        in -> in.readVarInt(false));
    primitive(
        long.class,
        Long.class,
        Kind.LONG,
        (out, v) -> out.writeVarLong((Long) v, false),
        in -> in.readVarLong(false));
    primitive(
        float.class,
        Float.class,
        Kind.FLOAT,
        (out, v) -> out.writeFloat((Float) v),
        in -> in.readFloat());
    primitive(
        double.class,
        Double.class,
        Kind.DOUBLE,
        (out, v) -> out.writeDouble((Double) v),
        in -> in.readDouble());
  }

  private static void numbersAndNames() {
    add(
        BigInteger.class,
        Kind.BIG_INTEGER,
        (out, v) -> writeBytes(out, ((BigInteger) v).toByteArray()),
        in -> readInteger(in));
    add(
        BigDecimal.class,
        Kind.BIG_DECIMAL,
        (out, v) -> {
          out.writeVarInt(((BigDecimal) v).scale(), false);
          writeBytes(out, ((BigDecimal) v).unscaledValue().toByteArray());
        },
        in -> {
          int scale = in.readVarInt(false);
          return new BigDecimal(readInteger(in), scale);
        });
    add(
        UUID.class,
        Kind.UUID,
        (out, v) -> {
          out.writeLong(((UUID) v).getMostSignificantBits());
          out.writeLong(((UUID) v).getLeastSignificantBits());
        },
        in -> {
          long most = in.readLong();
          return new UUID(most, in.readLong());
        });
    add(
        URI.class,
        Kind.URI,
        (out, v) -> out.writeText(v.toString()),
        in -> URI.create(in.readName()));
    add(
        Locale.class,
        Kind.LOCALE,
        (out, v) -> out.writeText(((Locale) v).toLanguageTag()),
        in -> Locale.forLanguageTag(in.readName()));
    add(
        Currency.class,
        Kind.CURRENCY,
        (out, v) -> out.writeText(((Currency) v).getCurrencyCode()),
        in -> Currency.getInstance(in.readName()));
  }

  private static void times() {
    add(
        Instant.class,
        Kind.INSTANT,
        (out, v) -> writeInstant(out, (Instant) v),
        in -> {
          long seconds = in.readVarLong(false);
          return Instant.ofEpochSecond(seconds, readNanos(in));
        });
    add(
        Duration.class,
        Kind.DURATION,
        (out, v) -> {
          out.writeVarLong(((Duration) v).toSeconds(), false);
          out.writeVarInt(((Duration) v).toNanosPart(), true);
        },
        in -> {
          long seconds = in.readVarLong(false);
          return Duration.ofSeconds(seconds, readNanos(in));
        });
    add(
        Period.class,
        Kind.PERIOD,
        (out, v) -> writePeriod(out, (Period) v),
        in -> {
          int years = in.readVarInt(false);
          int months = in.readVarInt(false);
          return Period.of(years, months, in.readVarInt(false));
        });
    add(
        Year.class,
        Kind.YEAR,
        (out, v) -> out.writeVarInt(((Year) v).getValue(), false),
        in -> Year.of(in.readVarInt(false)));
    add(
        YearMonth.class,
        Kind.YEAR_MONTH,
        (out, v) -> {
          out.writeVarInt(((YearMonth) v).getYear(), false);
          out.writeByte(((YearMonth) v).getMonthValue());
        },
        in -> {
          int year = in.readVarInt(false);
          return YearMonth.of(year, in.readByte());
        });
    add(
        MonthDay.class,
        Kind.MONTH_DAY,
        (out, v) -> {
          out.writeByte(((MonthDay) v).getMonthValue());
          out.writeByte(((MonthDay) v).getDayOfMonth());
        },
        in -> {
          int month = in.readByte();
          return MonthDay.of(month, in.readByte());
        });
  }

  private static void zonedTimes() {
    add(
        LocalDate.class,
        Kind.LOCAL_DATE,
        (out, v) -> out.writeVarLong(((LocalDate) v).toEpochDay(), false),
        in -> LocalDate.ofEpochDay(in.readVarLong(false)));
    add(
        LocalTime.class,
        Kind.LOCAL_TIME,
        (out, v) -> out.writeVarLong(((LocalTime) v).toNanoOfDay(), true),
        in -> LocalTime.ofNanoOfDay(in.readVarLong(true)));
    add(
        LocalDateTime.class,
        Kind.LOCAL_DATE_TIME,
        (out, v) -> writeLocal(out, (LocalDateTime) v),
        in -> readLocal(in));
    add(
        OffsetDateTime.class,
        Kind.OFFSET_DATE_TIME,
        (out, v) -> {
          writeLocal(out, ((OffsetDateTime) v).toLocalDateTime());
          writeOffset(out, ((OffsetDateTime) v).getOffset());
        },
        in -> readOffsetDateTime(in));
    add(
        OffsetTime.class,
        Kind.OFFSET_TIME,
        (out, v) -> {
          out.writeVarLong(((OffsetTime) v).toLocalTime().toNanoOfDay(), true);
          writeOffset(out, ((OffsetTime) v).getOffset());
        },
        in -> {
          LocalTime time = LocalTime.ofNanoOfDay(in.readVarLong(true));
          return OffsetTime.of(time, readOffset(in));
        });
    add(
        ZonedDateTime.class,
        Kind.ZONED_DATE_TIME,
        (out, v) -> {
          writeLocal(out, ((ZonedDateTime) v).toLocalDateTime());
          writeOffset(out, ((ZonedDateTime) v).getOffset());
          out.writeText(((ZonedDateTime) v).getZone().getId());
        },
        in -> {
          OffsetDateTime time = readOffsetDateTime(in);
          return ZonedDateTime.ofInstant(
              time.toLocalDateTime(), time.getOffset(), ZoneId.of(in.readName()));
        });
    add(
        ZoneId.class,
        Kind.ZONE_ID,
        (out, v) -> out.writeText(((ZoneId) v).getId()),
        in -> ZoneId.of(in.readName()));
    add(
        ZoneOffset.class,
        Kind.ZONE_OFFSET,
        (out, v) -> writeOffset(out, (ZoneOffset) v),
        in -> readOffset(in));
  }

  private static void arrays() {
    for (Map.Entry<Class<?>, PrimitiveArrays> form : PrimitiveArrays.BY_CLASS.entrySet()) {
      bind(form.getKey(), form.getValue().kind());
      FORMS.put(form.getValue().kind(), form.getValue());
    }
  }

  private static void writeInstant(PayloadOutput out, Instant value) {
    out.writeVarLong(value.getEpochSecond(), false);
    out.writeVarInt(value.getNano(), true);
  }

  private static void writePeriod(PayloadOutput out, Period value) {
    out.writeVarInt(value.getYears(), false);
    out.writeVarInt(value.getMonths(), false);
    out.writeVarInt(value.getDays(), false);
  }

  private static void writeLocal(PayloadOutput out, LocalDateTime value) {
    out.writeVarLong(value.toLocalDate().toEpochDay(), false);
    out.writeVarLong(value.toLocalTime().toNanoOfDay(), true);
  }

  private static LocalDateTime readLocal(PayloadInput in) {
    LocalDate date = LocalDate.ofEpochDay(in.readVarLong(false));
    return LocalDateTime.of(date, LocalTime.ofNanoOfDay(in.readVarLong(true)));
  }

  /** Reads a time with its offset; a zoned time begins with one. */
  static OffsetDateTime readOffsetDateTime(PayloadInput in) {
    LocalDateTime local = readLocal(in);
    return OffsetDateTime.of(local, readOffset(in));
  }

  private static void writeOffset(PayloadOutput out, ZoneOffset value) {
    out.writeVarInt(value.getTotalSeconds(), false);
  }

  private static ZoneOffset readOffset(PayloadInput in) {
    return ZoneOffset.ofTotalSeconds(in.readVarInt(false));
  }

  private static int readNanos(PayloadInput in) {
    int nanos = in.readVarInt(true);
    if (nanos < 0 || nanos > 999_999_999) {
      throw in.damaged("expected nanoseconds below a second");
    }
    return nanos;
  }

  private static void writeBytes(PayloadOutput out, byte[] bytes) {
    out.writeCount(bytes.length);
    out.writeBytes(bytes);
  }

  private static BigInteger readInteger(PayloadInput in) {
    int count = in.readCount();
    if (count < 1) {
      throw in.damaged("expected the bytes of a number");
    }
    return new BigInteger(in.readBytes(count));
  }

  private static void bind(Class<?> type, Kind kind) {
    KINDS.put(type, kind);
  }

  private static void add(Class<?> type, Kind kind, Write write, Read read) {
    bind(type, kind);
    FORMS.put(kind, nullable(write, read));
  }

  private static void primitive(Class<?> type, Class<?> boxed, Kind kind, Write write, Read read) {
    bind(type, kind);
    FORMS.put(kind, new Plain(write, read));
    for (Kind other : Kind.values()) {
      if (other != kind && other.unboxed() == kind) {
        add(boxed, other, write, read);
      }
    }
  }

  private static Scalar nullable(Write write, Read read) {
    return new Flagged(write, read);
  }

  /** Writes a value that is not null. */
  private interface Write {
    void write(PayloadOutput out, Object value);
  }

  /** Reads a value; null only for void. */
  private interface Read {
    @Nullable Object read(PayloadInput in);
  }

  private record Plain(Write writer, Read reader) implements Scalar {
    @Override
    public void write(PayloadOutput out, @Nullable Object value) {
      if (value == null) {
        throw new ClassCastException("null is no primitive value");
      }
      writer.write(out, value);
    }

    @Override
    public @Nullable Object read(PayloadInput in) {
      return reader.read(in);
    }
  }

  private record Flagged(Write writer, Read reader) implements Scalar {
    @Override
    public void write(PayloadOutput out, @Nullable Object value) {
      if (value == null) {
        out.writeNull();
      } else {
        out.writeByte(1);
        writer.write(out, value);
      }
    }

    @Override
    public @Nullable Object read(PayloadInput in) {
      return in.readPresent() ? reader.read(in) : null;
    }
  }

  private record TextForm() implements Scalar {
    @Override
    public void write(PayloadOutput out, @Nullable Object value) {
      out.writeText((String) value);
    }

    @Override
    public @Nullable Object read(PayloadInput in) {
      return in.readText();
    }
  }

  private record BytesForm() implements Scalar {
    @Override
    public void write(PayloadOutput out, @Nullable Object value) {
      if (value == null) {
        out.writeNull();
      } else {
        writeBytes(out, (byte[]) value);
      }
    }

    @Override
    public byte @Nullable [] read(PayloadInput in) {
      int count = in.readCount();
      return count < 0 ? null : in.readBytes(count);
    }
  }
}
