package io.millrace.storage.orchestration;

/** One row of the domain, whole. Immutable. */
public sealed interface Row
    permits InstanceRow, HistoryRow, TaskRow, TimerRow, MessageRow, PayloadTypeRow {

  /** Returns where this row lies. */
  RowKey key();
}
