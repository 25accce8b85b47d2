package io.millrace.jmh.stress;

import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What one stress run does.
 *
 * @param directory the data directory; ignored in memory
 * @param store where the rows go
 * @param journal what holds the journal's bytes
 * @param orchestrationWorkers threads that run turns
 * @param activityWorkers threads that run activities
 * @param inFlight how many orchestrations are kept running; 0 measures an idle engine
 * @param activities how many activities each orchestration fans out to
 * @param activityDelay how long each activity blocks its worker
 * @param duration how long orchestrations are started, after the warm-up
 * @param warmup how long they are started before counting begins
 * @param ratePerSecond how many starts are due each second; 0 starts as soon as one ends
 * @param payloadBytes how many bytes each activity is given and gives back, at the least
 * @param seed where ids and payloads come from
 * @param durability the engine's level
 * @param flush when the store catches up
 * @param sabotage what to break on purpose, so that the check can be seen to fail
 */
public record StressOptions(
    Path directory,
    StoreKind store,
    JournalKind journal,
    int orchestrationWorkers,
    int activityWorkers,
    int inFlight,
    int activities,
    Duration activityDelay,
    Duration duration,
    Duration warmup,
    double ratePerSecond,
    int payloadBytes,
    long seed,
    Durability durability,
    FlushPolicy flush,
    Sabotage sabotage) {

  /** Where the rows go. */
  public enum StoreKind {
    /** The embedded store. */
    SQLITE,
    /** Nowhere: no directory, no journal. */
    MEMORY
  }

  /** What a run breaks on purpose. */
  public enum Sabotage {
    /** Nothing. */
    NONE,
    /** The store loses what one journal record changed. */
    DROP_RECORD,
    /** One row vanishes from the store after the run. */
    DROP_ROW
  }

  /**
   * Returns the most orchestrations per second that any engine could do with these activities, or 0
   * for no limit.
   */
  public double ceilingPerSecond() {
    double busySeconds = activities * (activityDelay.toNanos() / 1e9);
    return busySeconds == 0 ? 0 : activityWorkers / busySeconds;
  }
}
