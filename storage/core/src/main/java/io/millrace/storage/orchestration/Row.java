package io.millrace.storage.orchestration;

/** One row of the domain, whole. Immutable. */
public sealed interface Row
    permits InstanceRow,
        HistoryRow,
        TaskRow,
        TimerRow,
        MessageRow,
        PayloadTypeRow,
        AttributesRow,
        ExecutionRow,
        TombstoneRow,
        RequestRow,
        HeldEventRow,
        ScheduleRow {

  /** Returns where this row lies. */
  RowKey key();
}
