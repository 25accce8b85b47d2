package io.millrace.buffer;

import java.time.Duration;

/**
 * When what the store has committed is moved to where it survives power loss by itself, so that the
 * journal up to it can go. It never changes what you can lose; it decides how long the journal
 * grows.
 *
 * @param walBytes a passive checkpoint runs once the store has this much to move; from 64 KiB to 16
 *     GiB
 * @param idle a truncating checkpoint runs once the store had nothing to apply for this long; from
 *     1 ms to 1 hour
 * @param syncedCommitBytes once this many bytes of records are applied but not durable, the next
 *     commit is forced by itself and no checkpoint is waited for (rule R9); from 64 KiB to 1 TiB
 * @param syncedCommitAfter the same once the durable position has stood still for this long while
 *     records were applied; from 10 ms to 1 hour
 */
public record CheckpointPolicy(
    long walBytes, Duration idle, long syncedCommitBytes, Duration syncedCommitAfter) {

  /** Checks the ranges. */
  public CheckpointPolicy {
    Ranges.inRange("checkpointPolicy.walBytes", walBytes, 64L << 10, 16L << 30);
    Ranges.inRange("checkpointPolicy.idle", idle, Duration.ofMillis(1), Duration.ofHours(1));
    Ranges.inRange("checkpointPolicy.syncedCommitBytes", syncedCommitBytes, 64L << 10, 1L << 40);
    Ranges.inRange(
        "checkpointPolicy.syncedCommitAfter",
        syncedCommitAfter,
        Duration.ofMillis(10),
        Duration.ofHours(1));
  }

  /** Checkpoints at 32 MiB or after 2 s of quiet; forces a commit at 128 MiB or 10 s. */
  public static CheckpointPolicy balanced() {
    return new CheckpointPolicy(
        32L << 20, Duration.ofSeconds(2), 128L << 20, Duration.ofSeconds(10));
  }
}
