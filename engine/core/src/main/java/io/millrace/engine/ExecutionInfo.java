package io.millrace.engine;

import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution that is over while its instance went on. Immutable.
 *
 * @param execution from 1
 * @param version the version of what it ran
 * @param end how it ended
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param turns how many turns it took
 * @param events how many events its history holds
 * @param failure why it did not complete, null if it did or went on
 */
public record ExecutionInfo(
    int execution,
    String version,
    ExecutionEnd end,
    Instant startedAt,
    Instant endedAt,
    int turns,
    int events,
    @Nullable Failure failure) {

  static ExecutionInfo of(ExecutionRow row) {
    return new ExecutionInfo(
        row.execution(),
        row.version(),
        row.end(),
        Instant.ofEpochMilli(row.startedAtMillis()),
        Instant.ofEpochMilli(row.endedAtMillis()),
        row.turns(),
        row.events(),
        row.failure());
  }
}
