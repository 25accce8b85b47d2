package io.millrace.buffer.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as text. */
public final class Times {

  private record Unit(String name, long nanos) {}

  private static final List<Unit> UNITS =
      List.of(
          new Unit("d", 86_400_000_000_000L),
          new Unit("h", 3_600_000_000_000L),
          new Unit("m", 60_000_000_000L),
          new Unit("s", 1_000_000_000L),
          new Unit("ms", 1_000_000L),
          new Unit("us", 1_000L),
          new Unit("ns", 1L));
  private static final Pattern FORM =
      Pattern.compile("(-?\\d+(?:_\\d+)*(?:\\.\\d+)?) ?(ns|us|ms|s|m|h|d)");

  private Times() {}

  /**
   * Reads {@code 20ms}, {@code 1.5s}, {@code 2m}, {@code 1h}, {@code 7d}, or ISO 8601's {@code
   * PT0.02S}.
   *
   * @throws IllegalArgumentException if it is none; the message says what is expected
   * @throws ArithmeticException if it is no whole number of nanoseconds, or over 292 years
   */
  public static Duration parse(String text) {
    String plain = text.length() > Numbers.CHARS_MAX ? "" : text.toLowerCase(Locale.ROOT);
    Matcher form = FORM.matcher(plain);
    if (form.matches()) {
      BigDecimal number = new BigDecimal(form.group(1).replace("_", ""));
      return Duration.ofNanos(
          number.multiply(BigDecimal.valueOf(unit(form.group(2)).nanos())).longValueExact());
    }
    if (plain.startsWith("p") || plain.startsWith("-p")) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        // Said below, with the other forms.
      }
    }
    throw new IllegalArgumentException(
        "be a time: a number and a unit (ms, s, m, h, d), as 20ms, or ISO 8601, as PT0.02S");
  }

  private static Unit unit(String name) {
    return UNITS.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /** Writes a time in the largest unit that needs no fraction. */
  public static String text(Duration time) {
    if (time.isZero()) {
      return "0s";
    }
    long nanos;
    try {
      nanos = time.toNanos();
    } catch (ArithmeticException e) {
      return time.toString();
    }
    for (Unit unit : UNITS) {
      if (nanos % unit.nanos() == 0) {
        return nanos / unit.nanos() + unit.name();
      }
    }
    return time.toString();
  }
}
