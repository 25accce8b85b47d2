package io.millrace.buffer.settings;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads numbers; {@code _} may group digits. */
final class Numbers {

  static final int CHARS_MAX = 40;
  private static final Pattern WHOLE = Pattern.compile("-?\\d+(_\\d+)*");
  private static final Pattern FRACTION = Pattern.compile("-?\\d+(_\\d+)*(\\.\\d+)?");

  private Numbers() {}

  static long parse(String text) {
    if (text.length() > CHARS_MAX || !WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("be a whole number");
    }
    return new BigDecimal(text.replace("_", "")).longValueExact();
  }

  static double parseFraction(String text) {
    if (text.length() > CHARS_MAX || !FRACTION.matcher(text).matches()) {
      throw new IllegalArgumentException("be a number");
    }
    return Double.parseDouble(text.replace("_", ""));
  }
}
