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
    BufferSettings.CHECKPOINT_WAL_BYTES.check(walBytes);
    BufferSettings.CHECKPOINT_IDLE.check(idle);
    BufferSettings.CHECKPOINT_COMMIT_BYTES.check(syncedCommitBytes);
    BufferSettings.CHECKPOINT_COMMIT_AFTER.check(syncedCommitAfter);
  }

  /** Checkpoints at 32 MiB or after 2 s of quiet; forces a commit at 128 MiB or 10 s. */
  public static CheckpointPolicy balanced() {
    return new CheckpointPolicy(
        BufferSettings.CHECKPOINT_WAL_BYTES.standard(),
        BufferSettings.CHECKPOINT_IDLE.standard(),
        BufferSettings.CHECKPOINT_COMMIT_BYTES.standard(),
        BufferSettings.CHECKPOINT_COMMIT_AFTER.standard());
  }

  /** Returns a policy that differs in {@link #walBytes}. */
  public CheckpointPolicy withWalBytes(long value) {
    return new CheckpointPolicy(value, idle, syncedCommitBytes, syncedCommitAfter);
  }

  /** Returns a policy that differs in {@link #idle}. */
  public CheckpointPolicy withIdle(Duration value) {
    return new CheckpointPolicy(walBytes, value, syncedCommitBytes, syncedCommitAfter);
  }

  /** Returns a policy that differs in {@link #syncedCommitBytes}. */
  public CheckpointPolicy withSyncedCommitBytes(long value) {
    return new CheckpointPolicy(walBytes, idle, value, syncedCommitAfter);
  }

  /** Returns a policy that differs in {@link #syncedCommitAfter}. */
  public CheckpointPolicy withSyncedCommitAfter(Duration value) {
    return new CheckpointPolicy(walBytes, idle, syncedCommitBytes, value);
  }
}
