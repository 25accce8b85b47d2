package io.millrace.storage.internal.payload;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of value that have a form of their own. The codes are in every payload and descriptor:
 * never change or reuse one.
 */
enum Kind {
  VOID(1, "void"),
  BOOLEAN(2, "boolean"),
  BYTE(3, "byte"),
  SHORT(4, "short"),
  CHAR(5, "char"),
  INT(6, "int"),
  LONG(7, "long"),
  FLOAT(8, "float"),
  DOUBLE(9, "double"),
  BOXED_BOOLEAN(10, "Boolean"),
  BOXED_BYTE(11, "Byte"),
  BOXED_SHORT(12, "Short"),
  BOXED_CHAR(13, "Character"),
  BOXED_INT(14, "Integer"),
  BOXED_LONG(15, "Long"),
  BOXED_FLOAT(16, "Float"),
  BOXED_DOUBLE(17, "Double"),
  STRING(18, "String"),
  BYTES(19, "byte[]"),
  BIG_INTEGER(20, "BigInteger"),
  BIG_DECIMAL(21, "BigDecimal"),
  UUID(22, "UUID"),
  URI(23, "URI"),
  INSTANT(24, "Instant"),
  DURATION(25, "Duration"),
  LOCAL_DATE(26, "LocalDate"),
  LOCAL_TIME(27, "LocalTime"),
  LOCAL_DATE_TIME(28, "LocalDateTime"),
  OFFSET_DATE_TIME(29, "OffsetDateTime"),
  OFFSET_TIME(30, "OffsetTime"),
  ZONED_DATE_TIME(31, "ZonedDateTime"),
  ZONE_ID(32, "ZoneId"),
  ZONE_OFFSET(33, "ZoneOffset"),
  PERIOD(34, "Period"),
  YEAR(35, "Year"),
  YEAR_MONTH(36, "YearMonth"),
  MONTH_DAY(37, "MonthDay"),
  LOCALE(38, "Locale"),
  CURRENCY(39, "Currency"),
  BOOLEANS(48, "boolean[]"),
  SHORTS(49, "short[]"),
  CHARS(50, "char[]"),
  INTS(51, "int[]"),
  LONGS(52, "long[]"),
  FLOATS(53, "float[]"),
  DOUBLES(54, "double[]"),
  LIST(64, "List"),
  SET(65, "Set"),
  MAP(66, "Map"),
  OPTIONAL(67, "Optional"),
  DEFINED(80, "a defined type");

  private static final @Nullable Kind[] BY_CODE = new Kind[128];

  static {
    for (Kind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;
  private final String label;

  Kind(int code, String label) {
    this.code = code;
    this.label = label;
  }

  int code() {
    return code;
  }

  String label() {
    return label;
  }

  /** Returns the kind with a code, or null. */
  static @Nullable Kind of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /** Returns how many shapes follow: those of the elements. */
  int arity() {
    return switch (this) {
      case LIST, SET, OPTIONAL -> 1;
      case MAP -> 2;
      default -> 0;
    };
  }

  /** Whether its values are never null. */
  boolean primitive() {
    return code >= BOOLEAN.code && code <= DOUBLE.code;
  }

  /** Returns the primitive kind of a boxed one, and any other itself. */
  Kind unboxed() {
    if (code < BOXED_BOOLEAN.code || code > BOXED_DOUBLE.code) {
      return this;
    }
    Kind primitive = BY_CODE[code - BOXED_BOOLEAN.code + BOOLEAN.code];
    return primitive == null ? this : primitive;
  }
}
