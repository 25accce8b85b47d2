package io.millrace.storage.orchestration;

/** The tables of the domain. The code of each is part of the stored format and never reused. */
public enum Table {
  /** {@link InstanceRow}. */
  INSTANCES(1),
  /** {@link HistoryRow}. */
  HISTORY(2),
  /** {@link TaskRow}. */
  TASKS(3),
  /** {@link TimerRow}. */
  TIMERS(4),
  /** {@link MessageRow}. */
  INBOX(5),
  /** {@link PayloadTypeRow}. */
  PAYLOAD_TYPES(6),
  /** {@link AttributesRow}. */
  ATTRIBUTES(7),
  /** {@link ExecutionRow}. */
  EXECUTIONS(8),
  /** {@link TombstoneRow}. */
  TOMBSTONES(9),
  /** {@link RequestRow}. */
  REQUESTS(10),
  /** {@link HeldEventRow}. */
  HELD_EVENTS(11),
  /** {@link ScheduleRow}. */
  SCHEDULES(12);

  private static final Table[] ALL = values();

  private final int code;

  Table(int code) {
    this.code = code;
  }

  /** Returns the stored form. */
  public int code() {
    return code;
  }

  /**
   * Reads the stored form.
   *
   * @throws IllegalArgumentException if no table has that code
   */
  public static Table ofCode(int code) {
    for (Table table : ALL) {
      if (table.code == code) {
        return table;
      }
    }
    throw new IllegalArgumentException("no table has code=" + code);
  }
}
