package io.millrace.storage.orchestration;

import org.jspecify.annotations.Nullable;

/**
 * An execution that is over while its instance goes on with a later one. The current execution
 * stands in the {@link InstanceRow}.
 *
 * @param instance the instance's number
 * @param execution from 1
 * @param version the version of what it ran
 * @param end how it ended
 * @param startedAtMillis Unix time
 * @param endedAtMillis Unix time
 * @param turns how many turns it took
 * @param events how many events its history holds
 * @param failure why it did not complete, null if it did or went on
 */
public record ExecutionRow(
    long instance,
    int execution,
    String version,
    ExecutionEnd end,
    long startedAtMillis,
    long endedAtMillis,
    int turns,
    int events,
    @Nullable Failure failure)
    implements Row {

  @Override
  public RowKey key() {
    return keyOf(instance, execution);
  }

  /** Returns where an execution's row lies. */
  public static RowKey keyOf(long instance, int execution) {
    return new RowKey(Table.EXECUTIONS, instance, execution);
  }
}
