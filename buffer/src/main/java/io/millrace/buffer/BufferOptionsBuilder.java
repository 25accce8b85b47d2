package io.millrace.buffer;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Gathers options. One thread. Every setter checks its range; {@link #build} checks the rest. */
public final class BufferOptionsBuilder {

  int ringSlots = 8192;
  int clientPermits;
  long clientBytes = 64L << 20;
  Durability level = Durability.SYNCED;
  SyncPolicy syncPolicy = SyncPolicy.everyBatch();
  FlushPolicy flushPolicy = FlushPolicy.balanced();
  CheckpointPolicy checkpointPolicy = CheckpointPolicy.balanced();
  BackpressurePolicy backpressurePolicy = BackpressurePolicy.block(Duration.ofSeconds(30));
  JournalKind journalKind = JournalKind.CHRONICLE;
  WaitKind waitKind = WaitKind.BLOCKING;
  long segmentBytes = 32L << 20;
  int recordBytesMax = 4 << 20;
  int commitBatchBytesMax = 4 << 20;
  long lagBytesMax = 256L << 20;
  long lagBytesHard = 512L << 20;
  long spaceReserveBytes = -1;
  int storeBatchMutationsMax = 200_000;
  long storeBatchBytesMax = 32L << 20;
  int waitersMax = 1 << 20;
  Duration storeRetryMin = Duration.ofMillis(5);
  Duration storeRetryMax = Duration.ofSeconds(1);
  Duration recoveryRetryTimeout = Duration.ofSeconds(30);
  Duration closeTimeout = Duration.ofSeconds(10);
  Duration closeFlushTimeout = Duration.ofSeconds(5);
  Duration markInterval = Duration.ofMillis(100);
  Duration barrierInterval = Duration.ofMillis(1);
  @Nullable Executor futureExecutor;

  BufferOptionsBuilder() {}

  /** Sets how many commands may be between submission and commit; a power of two; 64 to 1 << 22. */
  public BufferOptionsBuilder ringSlots(int value) {
    ringSlots = Ranges.inRange("ringSlots", value, 64, 1 << 22);
    return this;
  }

  /**
   * Sets how many client commands may wait for their decision; at most the ring's slots less
   * {@value BufferOptions#INTERNAL_SLOTS_MIN}, which stay free for commands of the process itself;
   * half the ring's slots unless set; 1 to 1 << 22.
   */
  public BufferOptionsBuilder clientPermits(int value) {
    clientPermits = Ranges.inRange("clientPermits", value, 1, 1 << 22);
    return this;
  }

  /** Sets how many bytes of client commands may wait for their decision; 1 << 10 to 1 << 40. */
  public BufferOptionsBuilder clientBytes(long value) {
    clientBytes = Ranges.inRange("clientBytes", value, 1L << 10, 1L << 40);
    return this;
  }

  /** Sets what effects wait for. */
  public BufferOptionsBuilder level(Durability value) {
    level = Objects.requireNonNull(value, "level");
    return this;
  }

  /** Sets when the journal is forced. */
  public BufferOptionsBuilder syncPolicy(SyncPolicy value) {
    syncPolicy = Objects.requireNonNull(value, "syncPolicy");
    return this;
  }

  /** Sets when the store catches up. */
  public BufferOptionsBuilder flushPolicy(FlushPolicy value) {
    flushPolicy = Objects.requireNonNull(value, "flushPolicy");
    return this;
  }

  /** Sets when the store makes its commits durable by itself. */
  public BufferOptionsBuilder checkpointPolicy(CheckpointPolicy value) {
    checkpointPolicy = Objects.requireNonNull(value, "checkpointPolicy");
    return this;
  }

  /** Sets what a client meets when there is no room. */
  public BufferOptionsBuilder backpressurePolicy(BackpressurePolicy value) {
    backpressurePolicy = Objects.requireNonNull(value, "backpressurePolicy");
    return this;
  }

  /** Sets what holds the journal's bytes. */
  public BufferOptionsBuilder journalKind(JournalKind value) {
    journalKind = Objects.requireNonNull(value, "journalKind");
    return this;
  }

  /** Sets how decide and commit wait for work. */
  public BufferOptionsBuilder waitKind(WaitKind value) {
    waitKind = Objects.requireNonNull(value, "waitKind");
    return this;
  }

  /** Sets the size of one journal segment in bytes; 1 << 20 to 1 << 30. */
  public BufferOptionsBuilder segmentBytes(long value) {
    segmentBytes = Ranges.inRange("segmentBytes", value, 1L << 20, 1L << 30);
    return this;
  }

  /**
   * Sets the most bytes that one record, all mutations of one decision, may have; at most half a
   * segment; 1 << 10 to 256 << 20.
   */
  public BufferOptionsBuilder recordBytesMax(int value) {
    recordBytesMax = Ranges.inRange("recordBytesMax", value, 1 << 10, 256 << 20);
    return this;
  }

  /**
   * Sets the commit thread forces after at most this many bytes, however much waits; 4 << 10 to 256
   * << 20.
   */
  public BufferOptionsBuilder commitBatchBytesMax(int value) {
    commitBatchBytesMax = Ranges.inRange("commitBatchBytesMax", value, 4 << 10, 256 << 20);
    return this;
  }

  /**
   * Sets how many bytes of records the store may lag before clients are held; 64 << 10 to 1 << 40.
   */
  public BufferOptionsBuilder lagBytesMax(long value) {
    lagBytesMax = Ranges.inRange("lagBytesMax", value, 64L << 10, 1L << 40);
    return this;
  }

  /**
   * Sets how many bytes of records the store may lag before a decider should release nothing more;
   * above {@code lagBytesMax}; 64 << 10 to 1 << 40.
   */
  public BufferOptionsBuilder lagBytesHard(long value) {
    lagBytesHard = Ranges.inRange("lagBytesHard", value, 64L << 10, 1L << 40);
    return this;
  }

  /**
   * Sets free disk space below which clients are held; below half of it releases are held too; two
   * segments unless set; 0 to 1 << 50.
   */
  public BufferOptionsBuilder spaceReserveBytes(long value) {
    spaceReserveBytes = Ranges.inRange("spaceReserveBytes", value, 0, 1L << 50);
    return this;
  }

  /** Sets the most mutations read into one store transaction; 1 to 10_000_000. */
  public BufferOptionsBuilder storeBatchMutationsMax(int value) {
    storeBatchMutationsMax = Ranges.inRange("storeBatchMutationsMax", value, 1, 10_000_000);
    return this;
  }

  /**
   * Sets the most bytes of records read into one store transaction; a single larger record still
   * goes; 1 << 10 to 1 << 34.
   */
  public BufferOptionsBuilder storeBatchBytesMax(long value) {
    storeBatchBytesMax = Ranges.inRange("storeBatchBytesMax", value, 1L << 10, 1L << 34);
    return this;
  }

  /** Sets how many acknowledgements and barriers may wait for one level; 16 to 1 << 28. */
  public BufferOptionsBuilder waitersMax(int value) {
    waitersMax = Ranges.inRange("waitersMax", value, 16, 1 << 28);
    return this;
  }

  /** Sets the first pause before a busy or full store is tried again. */
  public BufferOptionsBuilder storeRetryMin(Duration value) {
    storeRetryMin =
        Ranges.inRange("storeRetryMin", value, Duration.ofMillis(1), Duration.ofMinutes(1));
    return this;
  }

  /** Sets the longest such pause; each is twice the one before. */
  public BufferOptionsBuilder storeRetryMax(Duration value) {
    storeRetryMax =
        Ranges.inRange("storeRetryMax", value, Duration.ofMillis(1), Duration.ofMinutes(10));
    return this;
  }

  /** Sets how long opening goes on trying a busy or full store. */
  public BufferOptionsBuilder recoveryRetryTimeout(Duration value) {
    recoveryRetryTimeout =
        Ranges.inRange("recoveryRetryTimeout", value, Duration.ofMillis(1), Duration.ofHours(1));
    return this;
  }

  /** Sets how long close waits for decide and commit to finish what is in the ring. */
  public BufferOptionsBuilder closeTimeout(Duration value) {
    closeTimeout = Ranges.inRange("closeTimeout", value, Duration.ofMillis(1), Duration.ofHours(1));
    return this;
  }

  /** Sets how long close lets the store catch up; the next open does the rest. */
  public BufferOptionsBuilder closeFlushTimeout(Duration value) {
    closeFlushTimeout =
        Ranges.inRange("closeFlushTimeout", value, Duration.ZERO, Duration.ofHours(1));
    return this;
  }

  /** Sets after this long without an append the journal notes how far it is synced. */
  public BufferOptionsBuilder markInterval(Duration value) {
    markInterval =
        Ranges.inRange("markInterval", value, Duration.ofMillis(1), Duration.ofMinutes(1));
    return this;
  }

  /** Sets waiters hurry the flusher at most this often; those in between join. */
  public BufferOptionsBuilder barrierInterval(Duration value) {
    barrierInterval =
        Ranges.inRange("barrierInterval", value, Duration.ZERO, Duration.ofSeconds(1));
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
