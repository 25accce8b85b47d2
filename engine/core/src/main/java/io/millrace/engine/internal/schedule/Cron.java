package io.millrace.engine.internal.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression: five fields (minute, hour, day of month, month, day of week), or six with the
 * second first; or one of {@code @hourly}, {@code @daily}, {@code @weekly}, {@code @monthly},
 * {@code @yearly}. A field is {@code *}, a value, a range {@code 1-5}, a list {@code 1,3,5}, with a
 * step {@code *}{@code /15}; months and days of the week have names ({@code JAN}, {@code MON});
 * {@code L} as day of month is the last one; {@code ?} is {@code *}. If both the day of month and
 * the day of week are restricted, either suffices, as in every cron.
 *
 * <p>Knows local times only; {@link CronTimes} lays them on the line of time. Immutable.
 */
public final class Cron {

  /** No expression has a longer gap: from the last 29 February before 2100 to the next. */
  private static final int YEARS_MAX = 10;

  private static final Map<String, String> MACROS =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private final String text;
  private final long seconds;
  private final long minutes;
  private final long hours;
  private final long days;
  private final long months;
  private final long weekdays;
  private final boolean lastDay;
  private final boolean anyDay;
  private final boolean anyWeekday;

  private Cron(String text, List<String> fields) {
    this.text = text;
    this.seconds = CronField.SECOND.read(fields.get(0), text);
    this.minutes = CronField.MINUTE.read(fields.get(1), text);
    this.hours = CronField.HOUR.read(fields.get(2), text);
    String day = fields.get(3).equals("?") ? "*" : fields.get(3);
    this.lastDay = day.equalsIgnoreCase("L");
    this.days = lastDay ? 0 : CronField.DAY.read(day, text);
    this.months = CronField.MONTH.read(fields.get(4), text);
    String weekday = fields.get(5).equals("?") ? "*" : fields.get(5);
    this.weekdays = CronField.WEEKDAY.read(weekday, text);
    this.anyDay = days == CronField.DAY.all();
    this.anyWeekday = weekdays == CronField.WEEKDAY.all();
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none, or no day ever fits it; names the field
   */
  public static Cron parse(String text) {
    String expanded = MACROS.getOrDefault(text.strip(), text.strip());
    List<String> fields = List.of(expanded.split("\\s+"));
    if (fields.size() == 5) {
      expanded = "0 " + expanded;
      fields = List.of(expanded.split("\\s+"));
    }
    if (fields.size() != 6) {
      throw new IllegalArgumentException(
          "expected five fields (minute hour day month weekday), six with the second first, or one"
              + " of @hourly @daily @weekly @monthly @yearly, fields="
              + fields.size()
              + " cron="
              + text);
    }
    Cron cron = new Cron(text, fields);
    if (cron.next(LocalDateTime.of(2000, 1, 1, 0, 0)) == null) {
      throw new IllegalArgumentException(
          "expected a day that there is in some year; none fits, cron=" + text);
    }
    return cron;
  }

  /** Returns the expression as it was given. */
  public String text() {
    return text;
  }

  /** Tells whether it names no hours, and so means the time that passes, not the clock's hands. */
  boolean isEveryHour() {
    return hours == CronField.HOUR.all();
  }

  /** Returns the first time that fits, from one on; null if there is none for ten years. */
  @Nullable LocalDateTime next(LocalDateTime from) {
    LocalDateTime whole = from.truncatedTo(ChronoUnit.SECONDS);
    LocalDateTime begin = whole.equals(from) ? from : whole.plusSeconds(1);
    LocalDate date = begin.toLocalDate();
    LocalDate end = date.plusYears(YEARS_MAX);
    LocalTime earliest = begin.toLocalTime();
    while (date.isBefore(end)) {
      if (!has(months, date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
        earliest = LocalTime.MIDNIGHT;
        continue;
      }
      LocalTime time = fits(date) ? next(earliest) : null;
      if (time != null) {
        return LocalDateTime.of(date, time);
      }
      date = date.plusDays(1);
      earliest = LocalTime.MIDNIGHT;
    }
    return null;
  }

  private boolean fits(LocalDate date) {
    boolean day =
        lastDay ? date.getDayOfMonth() == date.lengthOfMonth() : has(days, date.getDayOfMonth());
    boolean weekday = has(weekdays, date.getDayOfWeek().getValue() % 7);
    if (anyDay) {
      return weekday;
    }
    return anyWeekday ? day : day || weekday;
  }

  /** Returns the first time of the day that fits, from one on, or null. */
  private @Nullable LocalTime next(LocalTime from) {
    int hour = from(hours, from.getHour());
    if (hour < 0) {
      return null;
    }
    if (hour > from.getHour()) {
      return LocalTime.of(hour, from(minutes, 0), from(seconds, 0));
    }
    int minute = from(minutes, from.getMinute());
    if (minute == from.getMinute()) {
      int second = from(seconds, from.getSecond());
      if (second >= 0) {
        return LocalTime.of(hour, minute, second);
      }
      minute = from(minutes, minute + 1);
    }
    if (minute >= 0) {
      return LocalTime.of(hour, minute, from(seconds, 0));
    }
    hour = from(hours, hour + 1);
    return hour < 0 ? null : LocalTime.of(hour, from(minutes, 0), from(seconds, 0));
  }

  private static boolean has(long bits, int value) {
    return (bits & 1L << value) != 0;
  }

  /** Returns the lowest value from one on, or -1. */
  private static int from(long bits, int value) {
    long left = bits & (-1L << value);
    return value > 59 || left == 0 ? -1 : Long.numberOfTrailingZeros(left);
  }

  @Override
  public String toString() {
    return text;
  }
}
