package io.millrace.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 10ms}, {@code 1.5s}, {@code 2m}; never negative. */
final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern FORM = Pattern.compile("(-?\\d+(?:\\.\\d+)?)(us|ms|s|m|h)");

  @Override
  public Duration convert(String value) {
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      throw new TypeConversionException(
          "expected a number and a unit (us, ms, s, m, h), for example 10ms, value='"
              + value
              + "'");
    }
    BigDecimal nanos =
        new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(nanosOf(form.group(2))));
    if (nanos.signum() < 0) {
      throw new TypeConversionException("a duration cannot be negative, value='" + value + "'");
    }
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new TypeConversionException("that is longer than 292 years, value='" + value + "'");
    }
    return Duration.ofNanos(nanos.longValue());
  }

  private static long nanosOf(String unit) {
    return switch (unit) {
      case "us" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000;
      case "m" -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }
}
