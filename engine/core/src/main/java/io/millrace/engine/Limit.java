package io.millrace.engine;

import io.millrace.buffer.settings.Setting;
import io.millrace.buffer.settings.Syntax;
import java.time.Duration;

/** Each of the {@link EngineLimits}, said once: its name, default, range and what it bounds. */
enum Limit {
  PAYLOAD_BYTES(
      Kind.SIZE,
      "payloadBytesMax",
      1L << 20,
      64,
      64L << 20,
      "The size of one input, result or event, encoded."),
  ID_CHARS(Kind.COUNT, "idCharsMax", 256, 8, 1024, "The length of an instance's id in characters."),
  HISTORY_EVENTS(
      Kind.COUNT,
      "historyEventsMax",
      200_000,
      8,
      10_000_000,
      "The events of one execution; at a quarter of them a warning suggests to "
          + "continue as new."),
  HISTORY_BYTES(
      Kind.SIZE,
      "historyBytesMax",
      256L << 20,
      1024,
      4096L << 20,
      "About how many bytes the events of one execution take; at a quarter of them a "
          + "warning suggests to continue as new."),
  BUFFERED_EVENTS(
      Kind.COUNT,
      "bufferedEventsMax",
      10_000,
      1,
      1_000_000,
      "The raised events of an instance that no wait has taken."),
  BUFFERED_EVENT_BYTES(
      Kind.SIZE,
      "bufferedEventBytesMax",
      1L << 20,
      64,
      64L << 20,
      "About how many bytes those take; at most a quarter of recordBytesMax."),
  KEY_VALUES(Kind.COUNT, "keyValuesMax", 1_000, 0, 100_000, "The key-values of an instance."),
  KEY_VALUE_BYTES(
      Kind.SIZE,
      "keyValueBytesMax",
      256L << 10,
      0,
      16L << 20,
      "About how many bytes those take; at most a quarter of recordBytesMax."),
  CUSTOM_STATUS_BYTES(
      Kind.SIZE,
      "customStatusBytesMax",
      64L << 10,
      16,
      16L << 20,
      "The size of a custom status, encoded; at most a quarter of recordBytesMax."),
  TURN_ACTIONS(
      Kind.COUNT,
      "turnActionsMax",
      20_000,
      1,
      1_000_000,
      "What one turn may ask for: calls, timers, children, waits."),
  COMPENSATION_ACTIONS(
      Kind.COUNT,
      "compensationActionsMax",
      1_000,
      0,
      1_000_000,
      "What a cancelled orchestration may still ask for."),
  OPEN_TASKS(
      Kind.COUNT,
      "openTasksMax",
      100_000,
      1,
      1_000_000,
      "The activities of an instance that are open at once."),
  OPEN_TIMERS(
      Kind.COUNT,
      "openTimersMax",
      100_000,
      1,
      1_000_000,
      "The timers of an instance that are open at once."),
  CHILDREN(
      Kind.COUNT,
      "childrenMax",
      10_000,
      0,
      1_000_000,
      "The children of an instance that are open at once."),
  TURN_MESSAGES(
      Kind.COUNT,
      "turnMessagesMax",
      10_000,
      1,
      1_000_000,
      "The messages that one turn takes; once that many wait, a turn is run even if "
          + "none of them is what the code waits for."),
  MESSAGE_AGE(
      Kind.TIME,
      "messageAgeMax",
      Span.HOUR,
      1,
      Span.YEAR,
      "How long a message waits that is not what the code waits for; then a turn " + "takes it."),
  TURN_TIME(
      Kind.TIME,
      "turnTimeMax",
      Span.MINUTE,
      1,
      Span.YEAR,
      "How long the code of one turn may run; then the turn is void, an attempt is "
          + "counted and the turn runs again."),
  TURN_ATTEMPTS(
      Kind.COUNT,
      "turnAttemptsMax",
      10,
      1,
      1_000,
      "How often a turn may break off, by running too long or by a crash of the "
          + "process, before its instance is set aside."),
  CRASHES(
      Kind.COUNT,
      "crashesMax",
      10,
      1,
      1_000,
      "How many attempts of one activity may end with the process before its instance "
          + "is set aside."),
  ALONE_TIME(
      Kind.TIME,
      "aloneTimeMax",
      10 * Span.SECOND,
      1,
      Span.YEAR,
      "How long a turn or activity with a crash against it is run alone; then others "
          + "are let in beside it."),
  REQUESTS(
      Kind.COUNT,
      "requestsMax",
      100_000,
      0,
      10_000_000,
      "The request ids that are remembered; beyond it the oldest are forgotten."),
  REQUEST_AGE(
      Kind.TIME,
      "requestAgeMax",
      7 * Span.DAY,
      1,
      Span.YEAR,
      "How long a request id is remembered."),
  HELD_EVENTS(
      Kind.COUNT,
      "heldEventsMax",
      10_000,
      0,
      1_000_000,
      "The events held for instances that do not exist yet."),
  HELD_EVENT_BYTES(
      Kind.SIZE,
      "heldEventBytesMax",
      64L << 20,
      64,
      4096L << 20,
      "About how many bytes those take."),
  HELD_TIME(
      Kind.TIME,
      "heldTimeMax",
      7 * Span.DAY,
      1,
      Span.YEAR,
      "How long an event may be held for an instance that does not exist yet."),
  SCHEDULES(
      Kind.COUNT,
      "schedulesMax",
      10_000,
      0,
      1_000_000,
      "How many schedules there may be; all of them are kept in memory."),
  TIMERS_AT_ONCE(
      Kind.COUNT,
      "timersAtOnceMax",
      100_000,
      16,
      10_000_000,
      "How many near or overdue timers of instances that are not in memory are read "
          + "from the store ahead; the next are read when half of them have fired."),
  CLOCK_STEP(
      Kind.TIME,
      "clockStepMax",
      10 * Span.MINUTE,
      Span.SECOND,
      Span.YEAR,
      "How far the system's clock may step at once; a longer step forward holds the "
          + "firing of timers."),
  CLOCK_HOLD(
      Kind.TIME,
      "clockHoldMax",
      Span.MINUTE,
      0,
      Span.DAY,
      "How long such a step holds the firing of timers; if the clock is not back then, "
          + "the new time is taken.");

  /** What a limit counts. */
  enum Kind {
    COUNT,
    SIZE,
    TIME
  }

  /** Lengths of time in milliseconds. */
  private static final class Span {
    static final long SECOND = 1_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;
    static final long YEAR = 366 * DAY;
  }

  private final Kind kind;
  private final String key;
  private final long standard;
  private final long min;
  private final long max;
  private final String about;

  Limit(Kind kind, String key, long standard, long min, long max, String about) {
    this.kind = kind;
    this.key = key;
    this.standard = standard;
    this.min = min;
    this.max = max;
    this.about = about;
  }

  String key() {
    return key;
  }

  /** Returns the default; a time in milliseconds. */
  long standard() {
    return standard;
  }

  boolean isTime() {
    return kind == Kind.TIME;
  }

  /**
   * Returns the value.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  long check(long value) {
    return isTime() ? time().check(Duration.ofMillis(value)).toMillis() : amount().check(value);
  }

  /** Returns it as a setting, if it is no time. */
  Setting<Long> amount() {
    Syntax<Long> syntax = kind == Kind.SIZE ? Syntax.size(min, max) : Syntax.number(min, max);
    return Setting.of(key, syntax, standard, about);
  }

  /** Returns it as a setting, if it is a time. */
  Setting<Duration> time() {
    return Setting.of(
        key,
        Syntax.time(Duration.ofMillis(min), Duration.ofMillis(max)),
        Duration.ofMillis(standard),
        about);
  }
}
