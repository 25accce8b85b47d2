package io.millrace.engine;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an instance stands, at one moment. Immutable.
 *
 * @param id the caller's id
 * @param number the number that no other instance ever has
 * @param orchestration the name of what it runs
 * @param version the version of what it runs
 * @param status where it stands
 * @param execution its current execution, from 1
 * @param turns how many turns the current execution has completed
 * @param events how many events the current execution's history holds
 * @param createdAt when it was started
 * @param updatedAt when it last changed
 * @param finishedAt when it ended, null while it has not
 * @param failure why it did not complete or was set aside, null otherwise
 */
public record InstanceInfo(
    String id,
    long number,
    String orchestration,
    String version,
    InstanceStatus status,
    int execution,
    int turns,
    int events,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant finishedAt,
    @Nullable Failure failure) {

  /** Takes what users see from a row. */
  static InstanceInfo of(InstanceRow row) {
    return new InstanceInfo(
        row.id(),
        row.number(),
        row.orchestration(),
        row.version(),
        row.status(),
        row.execution(),
        row.turns(),
        row.events(),
        Instant.ofEpochMilli(row.createdAtMillis()),
        Instant.ofEpochMilli(row.updatedAtMillis()),
        row.status().isTerminal() ? Instant.ofEpochMilli(row.finishedAtMillis()) : null,
        row.failure());
  }
}
