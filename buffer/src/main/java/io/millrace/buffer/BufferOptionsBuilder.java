package io.millrace.buffer;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gathers options. One thread. Every setter checks its range; {@link #build} checks the rest. */
public final class BufferOptionsBuilder {

  int ringSlots = BufferSettings.RING_SLOTS.standard();
  int clientPermits;
  long clientBytes = BufferSettings.CLIENT_BYTES.standard();
  Durability level = BufferSettings.LEVEL.standard();
  SyncPolicy syncPolicy = BufferSettings.SYNC_POLICY.standard();
  FlushPolicy flushPolicy = BufferSettings.FLUSH_POLICY.standard();
  CheckpointPolicy checkpointPolicy = CheckpointPolicy.balanced();
  BackpressurePolicy backpressurePolicy = BufferSettings.BACKPRESSURE_POLICY.standard();
  JournalKind journalKind = BufferSettings.JOURNAL_KIND.standard();
  WaitKind waitKind = BufferSettings.WAIT_KIND.standard();
  long segmentBytes = BufferSettings.SEGMENT_BYTES.standard();
  int recordBytesMax = BufferSettings.RECORD_BYTES_MAX.standard();
  int commitBatchBytesMax = BufferSettings.COMMIT_BATCH_BYTES_MAX.standard();
  long lagBytesMax = BufferSettings.LAG_BYTES_MAX.standard();
  long lagBytesHard = BufferSettings.LAG_BYTES_HARD.standard();
  long spaceReserveBytes = -1;
  int storeBatchMutationsMax = BufferSettings.STORE_BATCH_MUTATIONS_MAX.standard();
  long storeBatchBytesMax = BufferSettings.STORE_BATCH_BYTES_MAX.standard();
  int waitersMax = BufferSettings.WAITERS_MAX.standard();
  Duration storeRetryMin = BufferSettings.STORE_RETRY_MIN.standard();
  Duration storeRetryMax = BufferSettings.STORE_RETRY_MAX.standard();
  Duration recoveryRetryTimeout = BufferSettings.RECOVERY_RETRY_TIMEOUT.standard();
  Duration closeTimeout = BufferSettings.CLOSE_TIMEOUT.standard();
  Duration closeFlushTimeout = BufferSettings.CLOSE_FLUSH_TIMEOUT.standard();
  Duration markInterval = BufferSettings.MARK_INTERVAL.standard();
  Duration barrierInterval = BufferSettings.BARRIER_INTERVAL.standard();
  @Nullable Executor futureExecutor;

  BufferOptionsBuilder() {}

  /**
   * Sets both policies, and the sizes that go with them, as a profile has them; what is set
   * afterwards goes on top.
   */
  public BufferOptionsBuilder profile(Profile value) {
    BufferSettings.PROFILE.check(value).apply(this);
    return this;
  }

  /** Sets how many commands may be between submission and commit; a power of two; 64 to 1 << 22. */
  public BufferOptionsBuilder ringSlots(int value) {
    ringSlots = BufferSettings.RING_SLOTS.check(value);
    return this;
  }

  /**
   * Sets how many client commands may wait for their decision; at most the ring's slots less
   * {@value BufferOptions#INTERNAL_SLOTS_MIN}, which stay free for commands of the process itself;
   * half the ring's slots unless set; 1 to 1 << 22.
   */
  public BufferOptionsBuilder clientPermits(int value) {
    clientPermits = BufferSettings.CLIENT_PERMITS.check(value);
    return this;
  }

  /** Sets how many bytes of client commands may wait for their decision; 1 << 10 to 1 << 40. */
  public BufferOptionsBuilder clientBytes(long value) {
    clientBytes = BufferSettings.CLIENT_BYTES.check(value);
    return this;
  }

  /** Sets what effects wait for. */
  public BufferOptionsBuilder level(Durability value) {
    level = BufferSettings.LEVEL.check(value);
    return this;
  }

  /** Sets when the journal is forced. */
  public BufferOptionsBuilder syncPolicy(SyncPolicy value) {
    syncPolicy = BufferSettings.SYNC_POLICY.check(value);
    return this;
  }

  /** Sets when the store catches up. */
  public BufferOptionsBuilder flushPolicy(FlushPolicy value) {
    flushPolicy = BufferSettings.FLUSH_POLICY.check(value);
    return this;
  }

  /** Sets when the store makes its commits durable by itself. */
  public BufferOptionsBuilder checkpointPolicy(CheckpointPolicy value) {
    checkpointPolicy = Objects.requireNonNull(value, "checkpointPolicy");
    return this;
  }

  BufferOptionsBuilder checkpoint(UnaryOperator<CheckpointPolicy> change) {
    return checkpointPolicy(change.apply(checkpointPolicy));
  }

  /** Sets what a client meets when there is no room. */
  public BufferOptionsBuilder backpressurePolicy(BackpressurePolicy value) {
    backpressurePolicy = BufferSettings.BACKPRESSURE_POLICY.check(value);
    return this;
  }

  /** Sets what holds the journal's bytes. */
  public BufferOptionsBuilder journalKind(JournalKind value) {
    journalKind = BufferSettings.JOURNAL_KIND.check(value);
    return this;
  }

  /** Sets how decide and commit wait for work. */
  public BufferOptionsBuilder waitKind(WaitKind value) {
    waitKind = BufferSettings.WAIT_KIND.check(value);
    return this;
  }

  /** Sets the size of one journal segment in bytes; 1 << 20 to 1 << 30. */
  public BufferOptionsBuilder segmentBytes(long value) {
    segmentBytes = BufferSettings.SEGMENT_BYTES.check(value);
    return this;
  }

  /**
   * Sets the most bytes that one record, all mutations of one decision, may have; at most half a
   * segment; 1 << 10 to 256 << 20.
   */
  public BufferOptionsBuilder recordBytesMax(int value) {
    recordBytesMax = BufferSettings.RECORD_BYTES_MAX.check(value);
    return this;
  }

  /**
   * Sets the commit thread forces after at most this many bytes, however much waits; 4 << 10 to 256
   * << 20.
   */
  public BufferOptionsBuilder commitBatchBytesMax(int value) {
    commitBatchBytesMax = BufferSettings.COMMIT_BATCH_BYTES_MAX.check(value);
    return this;
  }

  /**
   * Sets how many bytes of records the store may lag before clients are held; 64 << 10 to 1 << 40.
   */
  public BufferOptionsBuilder lagBytesMax(long value) {
    lagBytesMax = BufferSettings.LAG_BYTES_MAX.check(value);
    return this;
  }

  /**
   * Sets how many bytes of records the store may lag before a decider should release nothing more;
   * above {@code lagBytesMax}; 64 << 10 to 1 << 40.
   */
  public BufferOptionsBuilder lagBytesHard(long value) {
    lagBytesHard = BufferSettings.LAG_BYTES_HARD.check(value);
    return this;
  }

  /**
   * Sets free disk space below which clients are held; below half of it releases are held too; two
   * segments unless set; 0 to 1 << 50.
   */
  public BufferOptionsBuilder spaceReserveBytes(long value) {
    spaceReserveBytes = BufferSettings.SPACE_RESERVE_BYTES.check(value);
    return this;
  }

  /** Sets the most mutations read into one store transaction; 1 to 10_000_000. */
  public BufferOptionsBuilder storeBatchMutationsMax(int value) {
    storeBatchMutationsMax = BufferSettings.STORE_BATCH_MUTATIONS_MAX.check(value);
    return this;
  }

  /**
   * Sets the most bytes of records read into one store transaction; a single larger record still
   * goes; 1 << 10 to 1 << 34.
   */
  public BufferOptionsBuilder storeBatchBytesMax(long value) {
    storeBatchBytesMax = BufferSettings.STORE_BATCH_BYTES_MAX.check(value);
    return this;
  }

  /** Sets how many acknowledgements and barriers may wait for one level; 16 to 1 << 28. */
  public BufferOptionsBuilder waitersMax(int value) {
    waitersMax = BufferSettings.WAITERS_MAX.check(value);
    return this;
  }

  /** Sets the first pause before a busy or full store is tried again. */
  public BufferOptionsBuilder storeRetryMin(Duration value) {
    storeRetryMin = BufferSettings.STORE_RETRY_MIN.check(value);
    return this;
  }

  /** Sets the longest such pause; each is twice the one before. */
  public BufferOptionsBuilder storeRetryMax(Duration value) {
    storeRetryMax = BufferSettings.STORE_RETRY_MAX.check(value);
    return this;
  }

  /** Sets how long opening goes on trying a busy or full store. */
  public BufferOptionsBuilder recoveryRetryTimeout(Duration value) {
    recoveryRetryTimeout = BufferSettings.RECOVERY_RETRY_TIMEOUT.check(value);
    return this;
  }

  /** Sets how long close waits for decide and commit to finish what is in the ring. */
  public BufferOptionsBuilder closeTimeout(Duration value) {
    closeTimeout = BufferSettings.CLOSE_TIMEOUT.check(value);
    return this;
  }

  /** Sets how long close lets the store catch up; the next open does the rest. */
  public BufferOptionsBuilder closeFlushTimeout(Duration value) {
    closeFlushTimeout = BufferSettings.CLOSE_FLUSH_TIMEOUT.check(value);
    return this;
  }

  /** Sets after this long without an append the journal notes how far it is synced. */
  public BufferOptionsBuilder markInterval(Duration value) {
    markInterval = BufferSettings.MARK_INTERVAL.check(value);
    return this;
  }

  /** Sets waiters hurry the flusher at most this often; those in between join. */
  public BufferOptionsBuilder barrierInterval(Duration value) {
    barrierInterval = BufferSettings.BARRIER_INTERVAL.check(value);
    return this;
  }

  /**
   * Sets what completes the futures of a {@link WriteAheadBuffer}, and so runs what callers chain
   * to them.
   */
  public BufferOptionsBuilder futureExecutor(Executor value) {
    futureExecutor = Objects.requireNonNull(value, "futureExecutor");
    return this;
  }

  /**
   * Builds the options.
   *
   * @throws IllegalArgumentException if values contradict each other; the message names them
   * @throws UnreachableDurabilityException if the sync policy can never reach the level
   */
  public BufferOptions build() {
    return new BufferOptions(this);
  }
}
