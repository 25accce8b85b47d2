package io.millrace.buffer.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as text. */
public final class Sizes {

  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final Pattern FORM =
      Pattern.compile("(-?\\d+(?:_\\d+)*(?:\\.\\d+)?) ?(|b|kib|mib|gib|tib)");

  private Sizes() {}

  /**
   * Reads {@code 65536}, {@code 64KiB}, {@code 1.5 MiB}.
   *
   * @throws IllegalArgumentException if it is none; the message says what is expected
   * @throws ArithmeticException if it is no whole number of bytes, or more than a long holds
   */
  public static long parse(String text) {
    Matcher form =
        FORM.matcher(text.length() > Numbers.CHARS_MAX ? "" : text.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "be a size: a number and a unit (B, KiB, MiB, GiB, TiB), as 16MiB");
    }
    int power = 0;
    for (int i = 0; i < UNITS.size(); i++) {
      if (UNITS.get(i).equalsIgnoreCase(form.group(2))) {
        power = i;
      }
    }
    return new BigDecimal(form.group(1).replace("_", ""))
        .multiply(BigDecimal.valueOf(1L << (10 * power)))
        .longValueExact();
  }

  /** Writes a size in the largest unit that needs no fraction. */
  public static String text(long bytes) {
    int power = 0;
    long left = bytes;
    while (left != 0 && left % 1024 == 0 && power < UNITS.size() - 1) {
      left /= 1024;
      power++;
    }
    return power == 0 ? Long.toString(bytes) : left + UNITS.get(power);
  }
}
