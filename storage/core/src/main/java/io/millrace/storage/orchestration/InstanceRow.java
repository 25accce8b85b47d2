package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One instance, without its history. Its number, id, parent and root never change.
 *
 * @param number its number, never used before
 * @param id the caller's id
 * @param orchestration the name of what it runs
 * @param version the version of what it runs
 * @param status where it stands
 * @param execution its current execution, from 1
 * @param turns how many turns the current execution has completed
 * @param events how many events the current execution's history holds
 * @param createdAtMillis when it was started, Unix time
 * @param updatedAtMillis when it last changed, Unix time
 * @param finishedAtMillis when it ended, Unix time; 0 while it has not
 * @param parent the number of the instance that started it, 0 for none
 * @param parentExecution the parent's execution that started it, 0 for none
 * @param parentAction the event by which the parent awaits it, -1 for none or if it is detached
 * @param root the number of the topmost ancestor that awaits it, its own for none
 * @param turnCrashes how many times in a row the process ended during its turn
 * @param output what it returned, null until it completed
 * @param failure why it did not complete or was set aside, null otherwise
 */
public record InstanceRow(
    long number,
    String id,
    String orchestration,
    String version,
    InstanceStatus status,
    int execution,
    int turns,
    int events,
    long createdAtMillis,
    long updatedAtMillis,
    long finishedAtMillis,
    long parent,
    int parentExecution,
    int parentAction,
    long root,
    int turnCrashes,
    @Nullable Payload output,
    @Nullable Failure failure)
    implements Row {

  @Override
  public RowKey key() {
    return RowKey.of(Table.INSTANCES, number);
  }

  /** Returns a running instance without a parent, before its first turn. */
  public static InstanceRow started(
      long number, String id, String orchestration, String version, long atMillis) {
    return new InstanceRow(
        number,
        id,
        orchestration,
        version,
        InstanceStatus.RUNNING,
        1,
        0,
        0,
        atMillis,
        atMillis,
        0,
        0,
        0,
        -1,
        number,
        0,
        null,
        null);
  }
}
