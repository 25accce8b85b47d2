package io.millrace.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 500/s}; above zero. */
final class RateConverter implements ITypeConverter<Double> {

  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)/s");

  @Override
  public Double convert(String value) {
    Matcher form = FORM.matcher(value);
    double perSecond = form.matches() ? Double.parseDouble(form.group(1)) : 0;
    if (perSecond <= 0 || perSecond > 10_000_000) {
      throw new TypeConversionException(
          "expected a rate above 0/s and up to 10000000/s, for example 500/s, value='"
              + value
              + "'");
    }
    return perSecond;
  }
}
