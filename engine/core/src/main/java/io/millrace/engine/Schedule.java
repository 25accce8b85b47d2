package io.millrace.engine;

import io.millrace.engine.internal.schedule.Cron;
import io.millrace.storage.orchestration.Overlap;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule does: starts an orchestration whenever a cron expression says so. Immutable;
 * begin with {@link #of}.
 *
 * <pre>{@code
 * millrace.schedules().create("nightly",
 *     Schedule.of(REPORT, "sales", "0 3 * * *").withZone(ZoneId.of("Europe/Berlin")));
 * }</pre>
 *
 * <p>The expression has five fields: minute, hour, day of month, month, day of week; or six, with
 * the second first; or is one of {@code @hourly}, {@code @daily}, {@code @weekly},
 * {@code @monthly}, {@code @yearly}. A field is {@code *}, a value, a range {@code 1-5}, a list
 * {@code 1,3}, a step {@code 0/15}; months and days of the week may be named; {@code L} is the last
 * day of the month. If both days are restricted, either suffices.
 *
 * <p>Where the zone's clocks are changed: an expression that names hours follows the clock's hands.
 * A local time that is left out in spring counts at the end of the gap, one that comes twice in
 * autumn counts the first time; what is due once a day happens once a day. An expression for every
 * hour follows the time that passes: the gap holds no occurrences, both passes of the overlap do.
 *
 * @param orchestration what to start; an instance stays on this version
 * @param input what each instance is given
 * @param cron when
 * @param zone the time zone in which the expression is read; UTC unless said
 * @param overlap what happens while the instance started last still runs; {@link Overlap#SKIP}
 *     unless said
 * @param catchUp how late an occurrence may still be handled, after a stop of the process for
 *     example; each that is not later is handled on its own, in order. One minute unless said.
 * @param <I> what the orchestration is given
 */
public record Schedule<I extends @Nullable Object>(
    Orchestration<I, ?> orchestration,
    I input,
    String cron,
    ZoneId zone,
    Overlap overlap,
    Duration catchUp) {

  private static final Duration CATCH_UP = Duration.ofMinutes(1);
  private static final Duration CATCH_UP_MAX = Duration.ofDays(3660);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the expression is none or no day ever fits it, or the
   *     catch-up window is negative or longer than ten years
   */
  public Schedule {
    Objects.requireNonNull(orchestration, "orchestration");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(overlap, "overlap");
    Objects.requireNonNull(catchUp, "catchUp");
    Cron.parse(cron);
    if (catchUp.isNegative() || catchUp.compareTo(CATCH_UP_MAX) > 0) {
      throw new IllegalArgumentException(
          "expected a catch-up window between 0 and " + CATCH_UP_MAX + ", catchUp=" + catchUp);
    }
  }

  /**
   * Returns a schedule in UTC that skips an occurrence while the last instance runs, and one that
   * is later than a minute.
   *
   * @param cron when; see above
   * @throws IllegalArgumentException if the expression is none, or no day ever fits it
   */
  public static <I extends @Nullable Object> Schedule<I> of(
      Orchestration<I, ?> orchestration, I input, String cron) {
    return new Schedule<>(orchestration, input, cron, ZoneOffset.UTC, Overlap.SKIP, CATCH_UP);
  }

  /** Returns a schedule that reads its expression in another time zone. */
  public Schedule<I> withZone(ZoneId other) {
    return new Schedule<>(orchestration, input, cron, other, overlap, catchUp);
  }

  /** Returns a schedule with another overlap rule. */
  public Schedule<I> withOverlap(Overlap other) {
    return new Schedule<>(orchestration, input, cron, zone, other, catchUp);
  }

  /** Returns a schedule with another catch-up window. */
  public Schedule<I> withCatchUp(Duration other) {
    return new Schedule<>(orchestration, input, cron, zone, overlap, other);
  }
}
