package io.millrace.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What one instance, command or turn may take. Immutable; begin with {@link #defaults} and change
 * what differs. A command that would pass a limit is refused before it is handed in, or by the
 * state machine if only that can know; a turn that does sets its instance aside. Both name the
 * limit and both numbers. Names of orchestrations, activities, events, tags, keys and changes have
 * at most 128 characters.
 */
public final class EngineLimits {

  private static final Duration LONGEST = Duration.ofDays(100_000);
  private static final EngineLimits DEFAULTS = new EngineLimits(standards());

  private final Map<Limit, Long> values;

  private EngineLimits(Map<Limit, Long> values) {
    this.values = values;
  }

  /** Returns the defaults. */
  public static EngineLimits defaults() {
    return DEFAULTS;
  }

  /** Limits the size of one input, result or event in bytes, encoded. */
  public int payloadBytesMax() {
    return (int) get(Limit.PAYLOAD_BYTES);
  }

  /** Returns limits that differ in {@link #payloadBytesMax}. */
  public EngineLimits withPayloadBytesMax(int value) {
    return with(Limit.PAYLOAD_BYTES, value);
  }

  /** Limits the length of an instance's id in characters. */
  public int idCharsMax() {
    return (int) get(Limit.ID_CHARS);
  }

  /** Returns limits that differ in {@link #idCharsMax}. */
  public EngineLimits withIdCharsMax(int value) {
    return with(Limit.ID_CHARS, value);
  }

  /**
   * Limits the events of one execution; at a quarter of them a warning suggests to continue as new.
   */
  public int historyEventsMax() {
    return (int) get(Limit.HISTORY_EVENTS);
  }

  /** Returns limits that differ in {@link #historyEventsMax}. */
  public EngineLimits withHistoryEventsMax(int value) {
    return with(Limit.HISTORY_EVENTS, value);
  }

  /**
   * Limits about how many bytes the events of one execution take; at a quarter of them a warning
   * suggests to continue as new.
   */
  public long historyBytesMax() {
    return get(Limit.HISTORY_BYTES);
  }

  /** Returns limits that differ in {@link #historyBytesMax}. */
  public EngineLimits withHistoryBytesMax(long value) {
    return with(Limit.HISTORY_BYTES, value);
  }

  /** Limits the raised events of an instance that no wait has taken. */
  public int bufferedEventsMax() {
    return (int) get(Limit.BUFFERED_EVENTS);
  }

  /** Returns limits that differ in {@link #bufferedEventsMax}. */
  public EngineLimits withBufferedEventsMax(int value) {
    return with(Limit.BUFFERED_EVENTS, value);
  }

  /**
   * Limits about how many bytes those take; what is unread is carried into the next execution in
   * one record, so a quarter of {@code recordBytesMax} is the most.
   */
  public long bufferedEventBytesMax() {
    return get(Limit.BUFFERED_EVENT_BYTES);
  }

  /** Returns limits that differ in {@link #bufferedEventBytesMax}. */
  public EngineLimits withBufferedEventBytesMax(long value) {
    return with(Limit.BUFFERED_EVENT_BYTES, value);
  }

  /** Limits the key-values of an instance. */
  public int keyValuesMax() {
    return (int) get(Limit.KEY_VALUES);
  }

  /** Returns limits that differ in {@link #keyValuesMax}. */
  public EngineLimits withKeyValuesMax(int value) {
    return with(Limit.KEY_VALUES, value);
  }

  /** Limits about how many bytes those take, names and values. */
  public int keyValueBytesMax() {
    return (int) get(Limit.KEY_VALUE_BYTES);
  }

  /** Returns limits that differ in {@link #keyValueBytesMax}. */
  public EngineLimits withKeyValueBytesMax(int value) {
    return with(Limit.KEY_VALUE_BYTES, value);
  }

  /** Limits the size of a custom status in bytes, encoded. */
  public int customStatusBytesMax() {
    return (int) get(Limit.CUSTOM_STATUS_BYTES);
  }

  /** Returns limits that differ in {@link #customStatusBytesMax}. */
  public EngineLimits withCustomStatusBytesMax(int value) {
    return with(Limit.CUSTOM_STATUS_BYTES, value);
  }

  /** Limits what one turn may newly ask for. */
  public int turnActionsMax() {
    return (int) get(Limit.TURN_ACTIONS);
  }

  /** Returns limits that differ in {@link #turnActionsMax}. */
  public EngineLimits withTurnActionsMax(int value) {
    return with(Limit.TURN_ACTIONS, value);
  }

  /**
   * Limits what the code of an execution may still ask for after a request to stop; then the
   * execution fails.
   */
  public int compensationActionsMax() {
    return (int) get(Limit.COMPENSATION_ACTIONS);
  }

  /** Returns limits that differ in {@link #compensationActionsMax}. */
  public EngineLimits withCompensationActionsMax(int value) {
    return with(Limit.COMPENSATION_ACTIONS, value);
  }

  /** Limits the activities of an instance that have not completed. */
  public int openTasksMax() {
    return (int) get(Limit.OPEN_TASKS);
  }

  /** Returns limits that differ in {@link #openTasksMax}. */
  public EngineLimits withOpenTasksMax(int value) {
    return with(Limit.OPEN_TASKS, value);
  }

  /** Limits the timers of an instance that have not fired. */
  public int openTimersMax() {
    return (int) get(Limit.OPEN_TIMERS);
  }

  /** Returns limits that differ in {@link #openTimersMax}. */
  public EngineLimits withOpenTimersMax(int value) {
    return with(Limit.OPEN_TIMERS, value);
  }

  /** Limits the awaited children of an instance that have not ended. */
  public int childrenMax() {
    return (int) get(Limit.CHILDREN);
  }

  /** Returns limits that differ in {@link #childrenMax}. */
  public EngineLimits withChildrenMax(int value) {
    return with(Limit.CHILDREN, value);
  }

  /**
   * Limits the messages that one turn takes; once that many wait, a turn is run even if none of
   * them is what the code waits for.
   */
  public int turnMessagesMax() {
    return (int) get(Limit.TURN_MESSAGES);
  }

  /** Returns limits that differ in {@link #turnMessagesMax}. */
  public EngineLimits withTurnMessagesMax(int value) {
    return with(Limit.TURN_MESSAGES, value);
  }

  /**
   * Limits how long a message waits that is not what the code waits for; then a turn takes it, so
   * that the inbox does not keep it for ever.
   */
  public Duration messageAgeMax() {
    return Duration.ofMillis(get(Limit.MESSAGE_AGE));
  }

  /** Returns limits that differ in {@link #messageAgeMax}. */
  public EngineLimits withMessageAgeMax(Duration value) {
    return with(Limit.MESSAGE_AGE, millis(value));
  }

  /**
   * Limits how long the code of one turn may run; then the turn is void, an attempt is counted and
   * the turn runs again.
   */
  public Duration turnTimeMax() {
    return Duration.ofMillis(get(Limit.TURN_TIME));
  }

  /** Returns limits that differ in {@link #turnTimeMax}. */
  public EngineLimits withTurnTimeMax(Duration value) {
    return with(Limit.TURN_TIME, millis(value));
  }

  /**
   * Limits how often a turn may break off, by running too long or by a crash of the process, before
   * its instance is set aside.
   */
  public int turnAttemptsMax() {
    return (int) get(Limit.TURN_ATTEMPTS);
  }

  /** Returns limits that differ in {@link #turnAttemptsMax}. */
  public EngineLimits withTurnAttemptsMax(int value) {
    return with(Limit.TURN_ATTEMPTS, value);
  }

  /**
   * Limits how many attempts of one activity may end with the process before its instance is set
   * aside.
   */
  public int crashesMax() {
    return (int) get(Limit.CRASHES);
  }

  /** Returns limits that differ in {@link #crashesMax}. */
  public EngineLimits withCrashesMax(int value) {
    return with(Limit.CRASHES, value);
  }

  /**
   * Limits how long a turn or activity with a crash against it is run alone; then others are let in
   * beside it.
   */
  public Duration aloneTimeMax() {
    return Duration.ofMillis(get(Limit.ALONE_TIME));
  }

  /** Returns limits that differ in {@link #aloneTimeMax}. */
  public EngineLimits withAloneTimeMax(Duration value) {
    return with(Limit.ALONE_TIME, millis(value));
  }

  /** Limits the request ids that are remembered; beyond it the oldest are forgotten. */
  public int requestsMax() {
    return (int) get(Limit.REQUESTS);
  }

  /** Returns limits that differ in {@link #requestsMax}. */
  public EngineLimits withRequestsMax(int value) {
    return with(Limit.REQUESTS, value);
  }

  /** Limits how long a request id is remembered. */
  public Duration requestAgeMax() {
    return Duration.ofMillis(get(Limit.REQUEST_AGE));
  }

  /** Returns limits that differ in {@link #requestAgeMax}. */
  public EngineLimits withRequestAgeMax(Duration value) {
    return with(Limit.REQUEST_AGE, millis(value));
  }

  /** Limits the events held for instances that do not exist yet. */
  public int heldEventsMax() {
    return (int) get(Limit.HELD_EVENTS);
  }

  /** Returns limits that differ in {@link #heldEventsMax}. */
  public EngineLimits withHeldEventsMax(int value) {
    return with(Limit.HELD_EVENTS, value);
  }

  /** Limits about how many bytes those take. */
  public long heldEventBytesMax() {
    return get(Limit.HELD_EVENT_BYTES);
  }

  /** Returns limits that differ in {@link #heldEventBytesMax}. */
  public EngineLimits withHeldEventBytesMax(long value) {
    return with(Limit.HELD_EVENT_BYTES, value);
  }

  /** Limits how long an event may be held for an instance that does not exist yet. */
  public Duration heldTimeMax() {
    return Duration.ofMillis(get(Limit.HELD_TIME));
  }

  /** Returns limits that differ in {@link #heldTimeMax}. */
  public EngineLimits withHeldTimeMax(Duration value) {
    return with(Limit.HELD_TIME, millis(value));
  }

  /** Limits how many schedules there may be; all of them are kept in memory. */
  public int schedulesMax() {
    return (int) get(Limit.SCHEDULES);
  }

  /** Returns limits that differ in {@link #schedulesMax}. */
  public EngineLimits withSchedulesMax(int value) {
    return with(Limit.SCHEDULES, value);
  }

  /**
   * Limits how many near or overdue timers of instances that are not in memory are read from the
   * store ahead; the next are read when half of them have fired.
   */
  public int timersAtOnceMax() {
    return (int) get(Limit.TIMERS_AT_ONCE);
  }

  /** Returns limits that differ in {@link #timersAtOnceMax}. */
  public EngineLimits withTimersAtOnceMax(int value) {
    return with(Limit.TIMERS_AT_ONCE, value);
  }

  /**
   * Limits how far the system's clock may step at once; a longer step forward holds the firing of
   * timers and is reported. Another clock than the system's may step as it likes.
   */
  public Duration clockStepMax() {
    return Duration.ofMillis(get(Limit.CLOCK_STEP));
  }

  /** Returns limits that differ in {@link #clockStepMax}. */
  public EngineLimits withClockStepMax(Duration value) {
    return with(Limit.CLOCK_STEP, millis(value));
  }

  /**
   * Limits how long such a step holds the firing of timers; if the clock is not back then, the new
   * time is taken.
   */
  public Duration clockHoldMax() {
    return Duration.ofMillis(get(Limit.CLOCK_HOLD));
  }

  /** Returns limits that differ in {@link #clockHoldMax}. */
  public EngineLimits withClockHoldMax(Duration value) {
    return with(Limit.CLOCK_HOLD, millis(value));
  }

  /** Returns every limit by its name, for the log. */
  @Override
  public String toString() {
    return Arrays.stream(Limit.values())
        .map(limit -> limit.key() + "=" + get(limit))
        .collect(Collectors.joining(" "));
  }

  private long get(Limit limit) {
    return Objects.requireNonNull(values.get(limit), limit.key());
  }

  /** Returns limits that differ in one; a time in milliseconds. */
  EngineLimits with(Limit limit, long value) {
    EnumMap<Limit, Long> changed = new EnumMap<>(values);
    changed.put(limit, limit.check(value));
    return new EngineLimits(changed);
  }

  /** Returns what is over every limit for a time that has no milliseconds. */
  static long millis(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : duration.toMillis();
  }

  private static Map<Limit, Long> standards() {
    EnumMap<Limit, Long> standards = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      standards.put(limit, limit.standard());
    }
    return standards;
  }
}
