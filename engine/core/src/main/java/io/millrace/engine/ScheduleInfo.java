package io.millrace.engine;

import io.millrace.storage.orchestration.Overlap;
import io.millrace.storage.orchestration.ScheduleRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Where a schedule stands, at one moment. Immutable.
 *
 * @param id the caller's id
 * @param cron when it starts instances
 * @param zone the time zone in which that is read
 * @param orchestration the name of what it starts
 * @param version and its version
 * @param overlap what happens while the last instance still runs
 * @param catchUp how late an occurrence may still be handled
 * @param paused whether it is held
 * @param lastAt the last occurrence that was handled, null for none
 * @param nextAt the next one, null for none
 * @param lastInstance the number of the instance started last, 0 for none
 * @param createdAt when it was made
 */
public record ScheduleInfo(
    String id,
    String cron,
    ZoneId zone,
    String orchestration,
    String version,
    Overlap overlap,
    Duration catchUp,
    boolean paused,
    @Nullable Instant lastAt,
    @Nullable Instant nextAt,
    long lastInstance,
    Instant createdAt) {

  static ScheduleInfo of(ScheduleRow row) {
    return new ScheduleInfo(
        row.id(),
        row.cron(),
        ZoneId.of(row.zone()),
        row.orchestration(),
        row.version(),
        row.overlap(),
        Duration.ofMillis(row.catchUpMillis()),
        row.paused(),
        at(row.lastAtMillis()),
        row.paused() ? null : at(row.nextAtMillis()),
        row.lastInstance(),
        Instant.ofEpochMilli(row.createdAtMillis()));
  }

  private static @Nullable Instant at(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }
}
