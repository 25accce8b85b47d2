package io.millrace.buffer;

import io.millrace.buffer.internal.counters.CountersReader;
import io.millrace.buffer.metrics.MetricsSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the owner of a data directory shows of itself in the file {@code counters}, or showed before
 * it ended. Its writer knows nothing of those who look.
 *
 * @param storeId the directory's
 * @param pid of the process that wrote it
 * @param epoch the number of that process life
 * @param openedAt when it began
 * @param interval how often it is written while the owner lives
 * @param state what the owner was doing
 * @param health how it fared
 * @param concern what kept it from more
 * @param reason in words; empty while it was healthy
 * @param metrics its figures; {@link MetricsSnapshot#takenAt} tells when it was written last
 */
public record CountersLook(
    UUID storeId,
    long pid,
    long epoch,
    Instant openedAt,
    Duration interval,
    State state,
    Health.State health,
    Health.Concern concern,
    String reason,
    MetricsSnapshot metrics) {

  /** What the owner was doing when it wrote last. */
  public enum State {
    /** Reading the journal into the store; there are no figures yet. */
    RECOVERING,
    /** Running. If the page is old, the owner was killed, or stands still. */
    OPEN,
    /** It closed in order. */
    CLOSED
  }

  /**
   * Reads it. Takes no lock and maps nothing; some tens of microseconds.
   *
   * @param directory the data directory, which may be open in this or another process
   * @return empty if no engine has written one
   * @throws IOException if it cannot be read, or is of another version
   */
  public static Optional<CountersLook> read(Path directory) throws IOException {
    return CountersReader.read(directory);
  }

  /**
   * Tells whether the page is written still, as far as the clock tells: a live owner that is held
   * up for more than two seconds looks like a dead one.
   */
  public boolean isFresh(Instant now) {
    return state != State.CLOSED && metrics.takenAt().plus(Duration.ofSeconds(2)).isAfter(now);
  }
}
