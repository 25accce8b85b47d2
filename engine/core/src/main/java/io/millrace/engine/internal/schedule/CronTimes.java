package io.millrace.engine.internal.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression in a time zone: the moments that it names. Immutable.
 *
 * <p>Where the zone's clocks are changed, an expression that names hours follows the clock's hands:
 * a local time that is left out counts at the end of the gap, one that comes twice counts the first
 * time. So what is due once a day happens once a day. An expression for every hour follows the time
 * that passes: nothing in a gap, everything of both passes of an overlap. So what is due every
 * quarter of an hour is due every quarter of an hour.
 */
public final class CronTimes {

  private final Cron cron;
  private final ZoneRules rules;

  /** Lays an expression into a zone. */
  public CronTimes(Cron cron, ZoneId zone) {
    this.cron = cron;
    this.rules = zone.getRules();
  }

  /**
   * Returns the first moment after another, Unix time.
   *
   * @return 0 if there is none for ten years
   */
  public long after(long millis) {
    Instant next = after(Instant.ofEpochMilli(millis));
    return next == null ? 0 : next.toEpochMilli();
  }

  private @Nullable Instant after(Instant instant) {
    return cron.isEveryHour() ? passing(instant) : byTheHands(instant);
  }

  private @Nullable Instant byTheHands(Instant after) {
    LocalDateTime local = LocalDateTime.ofInstant(after, rules.getOffset(after));
    LocalDateTime fit = cron.next(local.plusNanos(1));
    while (fit != null) {
      Instant instant = instantOf(fit);
      // In the second pass of an overlap a later local time may be an earlier moment.
      if (instant.isAfter(after)) {
        return instant;
      }
      fit = cron.next(fit.plusNanos(1));
    }
    return null;
  }

  private Instant instantOf(LocalDateTime local) {
    ZoneOffsetTransition change = rules.getTransition(local);
    if (change != null && change.isGap()) {
      return change.getInstant();
    }
    // Of two offsets, the first that the rules give is the one before the change.
    return local.toInstant(change == null ? rules.getOffset(local) : change.getOffsetBefore());
  }

  /** Goes from one change of the zone's offset to the next; between them clocks run evenly. */
  private @Nullable Instant passing(Instant after) {
    Instant from = after.plusNanos(1);
    LocalDateTime begin = LocalDateTime.ofInstant(from, rules.getOffset(from));
    while (true) {
      ZoneOffset offset = rules.getOffset(from);
      LocalDateTime fit = cron.next(LocalDateTime.ofInstant(from, offset));
      if (fit == null || fit.isAfter(begin.plusYears(10))) {
        return null;
      }
      Instant instant = fit.toInstant(offset);
      ZoneOffsetTransition change = rules.nextTransition(from.minusNanos(1));
      while (change != null && !change.getInstant().isAfter(from)) {
        change = rules.nextTransition(change.getInstant());
      }
      if (change == null || instant.isBefore(change.getInstant())) {
        return instant;
      }
      from = change.getInstant();
    }
  }
}
