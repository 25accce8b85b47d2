package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One instance, without its history.
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
 * @param root the number of the topmost ancestor, its own for none
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
    long root,
    @Nullable Payload output,
    @Nullable Failure failure)
    implements Row {

  @Override
  public RowKey key() {
    return RowKey.of(Table.INSTANCES, number);
  }
}
