package io.millrace.engine.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cron expressions mean, and what they mean where clocks are changed. */
final class CronTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * * *          | 2026-01-01T00:00:01 | 2026-01-01T00:01
          */15 * * * *       | 2026-01-01T00:16    | 2026-01-01T00:30
          0 9 * * *          | 2026-01-01T09:00    | 2026-01-01T09:00
          0 9 * * *          | 2026-01-01T09:00:01 | 2026-01-02T09:00
          30 9-17/4 * * *    | 2026-01-01T10:00    | 2026-01-01T13:30
          0 9 * * MON-FRI    | 2026-01-03T00:00    | 2026-01-05T09:00
          0 9 * * mon,wed    | 2026-01-06T00:00    | 2026-01-07T09:00
          0 0 * * 7          | 2026-01-01T00:00    | 2026-01-04T00:00
          0 0 * * 5-7        | 2026-01-04T00:00:01 | 2026-01-09T00:00
          0 0 * * 0          | 2026-01-01T00:00    | 2026-01-04T00:00
          0 0 13 * 5         | 2026-01-03T00:00    | 2026-01-09T00:00
          0 0 13 * 5         | 2026-01-10T00:00    | 2026-01-13T00:00
          0 0 L * *          | 2026-02-01T00:00    | 2026-02-28T00:00
          0 0 l * *          | 2028-02-01T00:00    | 2028-02-29T00:00
          0 0 29 2 *         | 2026-01-01T00:00    | 2028-02-29T00:00
          0 0 29 FEB ?       | 2096-03-01T00:00    | 2104-02-29T00:00
          0 0 31 * *         | 2026-04-01T00:00    | 2026-05-31T00:00
          59 23 31 12 *      | 2026-12-31T23:59:01 | 2027-12-31T23:59
          */20 * * * * *     | 2026-01-01T00:00:21 | 2026-01-01T00:00:40
          30 0 0 1 JAN,JUL * | 2026-01-02T00:00    | 2026-07-01T00:00:30
          5/20 * * * *       | 2026-01-01T00:46    | 2026-01-01T01:05
          @hourly            | 2026-01-01T00:01    | 2026-01-01T01:00
          @daily             | 2026-01-01T00:01    | 2026-01-02T00:00
          @weekly            | 2026-01-01T00:01    | 2026-01-04T00:00
          @monthly           | 2026-01-01T00:01    | 2026-02-01T00:00
          @yearly            | 2026-01-01T00:01    | 2027-01-01T00:00
          """)
  void c8a_cronMeansWhatCronsMean(String cron, LocalDateTime from, LocalDateTime expected) {
    assertThat(Cron.parse(cron).next(from)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "*/61 * * * *",
        "1,,2 * * * *",
        "a * * * *",
        "-1 * * * *",
        "* * * JANUARY *",
        "0 0 30 2 *",
        "0 0 31 4,6 ?",
        "@never"
      })
  void c8a_whatIsNoCronIsRefused(String cron) {
    assertThatThrownBy(() -> Cron.parse(cron))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cron=" + cron);
  }

  @Test
  void c8a_onceADayIsOnceADayWhereAnHourIsLeftOut() {
    // On 29 March 2026 Berlin goes from 01:59 to 03:00.
    assertThat(after("30 2 * * *", "2026-03-27T12:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    assertThat(after("0,20,40 2,3 * * *", "2026-03-29T00:59:59Z", 4))
        .as("what falls into the gap counts once, at its end")
        .containsExactly(
            "2026-03-29T01:00:00Z",
            "2026-03-29T01:20:00Z",
            "2026-03-29T01:40:00Z",
            "2026-03-30T00:00:00Z");
  }

  @Test
  void c8a_onceADayIsOnceADayWhereAnHourComesTwice() {
    // On 25 October 2026 Berlin goes from 02:59 back to 02:00.
    assertThat(after("30 2 * * *", "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(after("30 2,3 * * *", "2026-10-25T01:10:00Z", 1))
        .as("asked in the second pass")
        .containsExactly("2026-10-25T02:30:00Z");
  }

  @Test
  void c8a_everyQuarterIsEveryQuarterWhereClocksAreChanged() {
    for (String day : List.of("2026-03-28T22:00:00Z", "2026-10-24T22:00:00Z")) {
      Instant last = Instant.parse(day);
      for (String next : after("*/15 * * * *", day, 40)) {
        assertThat(Duration.between(last, Instant.parse(next))).isEqualTo(Duration.ofMinutes(15));
        last = Instant.parse(next);
      }
    }
    assertThat(after("30 * * * *", "2026-03-29T00:00:00Z", 2))
        .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z");
  }

  /** The meaning again, said in the slowest way: minute after minute is looked at. */
  @Test
  void c8a_nextIsTheFirstMinuteThatFits() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      int minute = random.nextInt(60);
      int hour = random.nextInt(24);
      int weekday = random.nextInt(7);
      Cron cron = Cron.parse(minute + " */" + (hour + 1 > 23 ? 23 : hour + 1) + " * * " + weekday);
      LocalDateTime from = LocalDateTime.of(2026, 1, 1, 0, 0).plusMinutes(random.nextInt(500_000));
      LocalDateTime expected = from;
      int step = hour + 1 > 23 ? 23 : hour + 1;
      while (expected.getMinute() != minute
          || expected.getHour() % step != 0
          || expected.getDayOfWeek().getValue() % 7 != weekday) {
        expected = expected.plusMinutes(1);
      }
      assertThat(cron.next(from))
          .as("seed=%s cron=%s from=%s", seed, cron, from)
          .isEqualTo(expected);
    }
  }

  @Test
  void c8a_timesOfEveryZoneRise() {
    long begin = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    for (String zone : List.of("Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca")) {
      for (String cron : List.of("17 */3 * * *", "7 * * * *", "0 0 * * *")) {
        CronTimes times = new CronTimes(Cron.parse(cron), ZoneId.of(zone));
        long last = begin;
        for (int i = 0; i < 3_000; i++) {
          long next = times.after(last);
          assertThat(next).isGreaterThan(last);
          assertThat(next - last).isLessThan(Duration.ofHours(26).toMillis());
          last = next;
        }
      }
    }
  }

  private static List<String> after(String cron, String from, int count) {
    CronTimes times = new CronTimes(Cron.parse(cron), BERLIN);
    List<String> found = new ArrayList<>();
    long last = Objects.requireNonNull(Instant.parse(from)).toEpochMilli();
    for (int i = 0; i < count; i++) {
      last = times.after(last);
      found.add(Instant.ofEpochMilli(last).toString());
    }
    return found;
  }
}
