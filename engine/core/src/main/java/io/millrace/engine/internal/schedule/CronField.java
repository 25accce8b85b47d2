package io.millrace.engine.internal.schedule;

import java.util.Locale;

/** One field of a cron expression: its name, its range, and how its text is read into a set. */
enum CronField {
  SECOND("second", 0, 59, ""),
  MINUTE("minute", 0, 59, ""),
  HOUR("hour", 0, 23, ""),
  DAY("day of month", 1, 31, ""),
  MONTH("month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"),
  /** 0 and 7 are both Sunday. */
  WEEKDAY("day of week", 0, 7, "SUNMONTUEWEDTHUFRISAT");

  private final String words;
  private final int min;
  private final int max;

  /** Three letters each, in order from the lowest value. */
  private final String names;

  CronField(String words, int min, int max, String names) {
    this.words = words;
    this.min = min;
    this.max = max;
    this.names = names;
  }

  /** Returns the values that a text allows, as bits. */
  long read(String text, String cron) {
    long bits = 0;
    for (String part : text.split(",", -1)) {
      bits |= readPart(part, text, cron);
    }
    // Sunday has two numbers, so a range such as 5-7 can end there.
    return this == WEEKDAY && (bits & 1L << 7) != 0 ? (bits | 1) & ~(1L << 7) : bits;
  }

  /** Returns all values, as bits. */
  long all() {
    return span(min, this == WEEKDAY ? 6 : max, 1);
  }

  private long readPart(String part, String text, String cron) {
    int slash = part.indexOf('/');
    String range = slash < 0 ? part : part.substring(0, slash);
    int step = slash < 0 ? 1 : number(part.substring(slash + 1), text, cron);
    if (step < 1 || step > max) {
      throw wrong("a step between 1 and " + max, text, cron);
    }
    if (range.equals("*")) {
      return span(min, this == WEEKDAY ? 6 : max, step);
    }
    int dash = range.indexOf('-');
    int from = value(dash < 0 ? range : range.substring(0, dash), text, cron);
    int to = from;
    if (dash >= 0) {
      to = value(range.substring(dash + 1), text, cron);
    } else if (slash >= 0) {
      to = this == WEEKDAY ? 6 : max;
    }
    if (to < from) {
      throw wrong("a range that rises", text, cron);
    }
    return span(from, to, step);
  }

  private static long span(int from, int to, int step) {
    long bits = 0;
    for (int value = from; value <= to; value += step) {
      bits |= 1L << value;
    }
    return bits;
  }

  private int value(String text, String field, String cron) {
    int at = text.length() == 3 ? names.indexOf(text.toUpperCase(Locale.ROOT)) : -1;
    int value = at >= 0 && at % 3 == 0 ? min + at / 3 : number(text, field, cron);
    if (value < min || value > max) {
      throw wrong("values between " + min + " and " + max, field, cron);
    }
    return value;
  }

  private int number(String text, String field, String cron) {
    if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw wrong(
          "numbers" + (names.isEmpty() ? "" : " or names such as " + names.substring(3, 6)),
          field,
          cron);
    }
    return Integer.parseInt(text);
  }

  private IllegalArgumentException wrong(String expected, String text, String cron) {
    return new IllegalArgumentException(
        "expected " + expected + " in the field " + words + ", field=" + text + " cron=" + cron);
  }
}
