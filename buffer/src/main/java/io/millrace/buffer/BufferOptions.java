package io.millrace.buffer;

import io.millrace.buffer.settings.Setting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a buffer is set up. Immutable; built by a {@link BufferOptionsBuilder}, which refuses a value
 * that cannot work, with its key, the value and the range, and corrects nothing silently. The
 * effective values are logged once at start.
 */
public final class BufferOptions {

  /** How many slots of the ring clients can never fill: room for work that drains (rule R24). */
  public static final int INTERNAL_SLOTS_MIN = 32;

  private final int ringSlots;
  private final int clientPermits;
  private final long clientBytes;
  private final Durability level;
  private final SyncPolicy syncPolicy;
  private final FlushPolicy flushPolicy;
  private final CheckpointPolicy checkpointPolicy;
  private final BackpressurePolicy backpressurePolicy;
  private final JournalKind journalKind;
  private final WaitKind waitKind;
  private final long segmentBytes;
  private final int recordBytesMax;
  private final int commitBatchBytesMax;
  private final long lagBytesMax;
  private final long lagBytesHard;
  private final long spaceReserveBytes;
  private final int storeBatchMutationsMax;
  private final long storeBatchBytesMax;
  private final int waitersMax;
  private final Duration storeRetryMin;
  private final Duration storeRetryMax;
  private final Duration recoveryRetryTimeout;
  private final Duration closeTimeout;
  private final Duration closeFlushTimeout;
  private final Duration markInterval;
  private final Duration barrierInterval;
  private final @Nullable Executor futureExecutor;

  BufferOptions(BufferOptionsBuilder from) {
    ringSlots = from.ringSlots;
    clientPermits = from.clientPermits == 0 ? from.ringSlots / 2 : from.clientPermits;
    clientBytes = from.clientBytes;
    level = from.level;
    syncPolicy = from.syncPolicy;
    flushPolicy = from.flushPolicy;
    checkpointPolicy = from.checkpointPolicy;
    backpressurePolicy = from.backpressurePolicy;
    journalKind = from.journalKind;
    waitKind = from.waitKind;
    segmentBytes = from.segmentBytes;
    recordBytesMax = from.recordBytesMax;
    commitBatchBytesMax = from.commitBatchBytesMax;
    lagBytesMax = from.lagBytesMax;
    lagBytesHard = from.lagBytesHard;
    spaceReserveBytes = from.spaceReserveBytes < 0 ? 2 * from.segmentBytes : from.spaceReserveBytes;
    storeBatchMutationsMax = from.storeBatchMutationsMax;
    storeBatchBytesMax = from.storeBatchBytesMax;
    waitersMax = from.waitersMax;
    storeRetryMin = from.storeRetryMin;
    storeRetryMax = from.storeRetryMax;
    recoveryRetryTimeout = from.recoveryRetryTimeout;
    closeTimeout = from.closeTimeout;
    closeFlushTimeout = from.closeFlushTimeout;
    markInterval = from.markInterval;
    barrierInterval = from.barrierInterval;
    futureExecutor = from.futureExecutor;
    checkTogether();
  }

  /** Returns a builder that holds the defaults. */
  public static BufferOptionsBuilder builder() {
    return new BufferOptionsBuilder();
  }

  /** Returns the defaults. */
  public static BufferOptions defaults() {
    return builder().build();
  }

  private void checkTogether() {
    if (Integer.bitCount(ringSlots) != 1) {
      throw new IllegalArgumentException(
          "ringSlots must be a power of two, ringSlots=" + ringSlots);
    }
    require(
        clientPermits <= ringSlots - INTERNAL_SLOTS_MIN,
        "clientPermits must leave " + INTERNAL_SLOTS_MIN + " slots of the ring free",
        "clientPermits=" + clientPermits + " ringSlots=" + ringSlots);
    require(
        recordBytesMax <= segmentBytes / 2,
        "recordBytesMax must be at most half of segmentBytes",
        "recordBytesMax=" + recordBytesMax + " segmentBytes=" + segmentBytes);
    require(
        lagBytesMax < lagBytesHard,
        "lagBytesMax must be below lagBytesHard",
        "lagBytesMax=" + lagBytesMax + " lagBytesHard=" + lagBytesHard);
    require(
        storeRetryMin.compareTo(storeRetryMax) <= 0,
        "storeRetryMin must not be above storeRetryMax",
        "storeRetryMin=" + storeRetryMin + " storeRetryMax=" + storeRetryMax);
    if (level == Durability.SYNCED && syncPolicy instanceof SyncPolicy.Never) {
      throw new UnreachableDurabilityException(
          "level=SYNCED can never be reached under syncPolicy=never; choose another sync policy, or"
              + " a level of ACCEPTED, APPENDED or APPLIED");
    }
  }

  private static void require(boolean holds, String expected, String found) {
    if (!holds) {
      throw new IllegalArgumentException(expected + ", " + found);
    }
  }

  /**
   * Returns key and value of every option, in a fixed order, as they are logged; {@link
   * BufferSettings#CATALOG} reads them back.
   */
  public Map<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    put(values, BufferSettings.RING_SLOTS, ringSlots);
    put(values, BufferSettings.CLIENT_PERMITS, clientPermits);
    put(values, BufferSettings.CLIENT_BYTES, clientBytes);
    put(values, BufferSettings.LEVEL, level);
    put(values, BufferSettings.SYNC_POLICY, syncPolicy);
    put(values, BufferSettings.FLUSH_POLICY, flushPolicy);
    put(values, BufferSettings.CHECKPOINT_WAL_BYTES, checkpointPolicy.walBytes());
    put(values, BufferSettings.CHECKPOINT_IDLE, checkpointPolicy.idle());
    put(values, BufferSettings.CHECKPOINT_COMMIT_BYTES, checkpointPolicy.syncedCommitBytes());
    put(values, BufferSettings.CHECKPOINT_COMMIT_AFTER, checkpointPolicy.syncedCommitAfter());
    put(values, BufferSettings.BACKPRESSURE_POLICY, backpressurePolicy);
    put(values, BufferSettings.JOURNAL_KIND, journalKind);
    put(values, BufferSettings.WAIT_KIND, waitKind);
    put(values, BufferSettings.SEGMENT_BYTES, segmentBytes);
    put(values, BufferSettings.RECORD_BYTES_MAX, recordBytesMax);
    put(values, BufferSettings.COMMIT_BATCH_BYTES_MAX, commitBatchBytesMax);
    put(values, BufferSettings.LAG_BYTES_MAX, lagBytesMax);
    put(values, BufferSettings.LAG_BYTES_HARD, lagBytesHard);
    put(values, BufferSettings.SPACE_RESERVE_BYTES, spaceReserveBytes);
    put(values, BufferSettings.STORE_BATCH_MUTATIONS_MAX, storeBatchMutationsMax);
    put(values, BufferSettings.STORE_BATCH_BYTES_MAX, storeBatchBytesMax);
    put(values, BufferSettings.WAITERS_MAX, waitersMax);
    put(values, BufferSettings.STORE_RETRY_MIN, storeRetryMin);
    put(values, BufferSettings.STORE_RETRY_MAX, storeRetryMax);
    put(values, BufferSettings.RECOVERY_RETRY_TIMEOUT, recoveryRetryTimeout);
    put(values, BufferSettings.CLOSE_TIMEOUT, closeTimeout);
    put(values, BufferSettings.CLOSE_FLUSH_TIMEOUT, closeFlushTimeout);
    put(values, BufferSettings.MARK_INTERVAL, markInterval);
    put(values, BufferSettings.BARRIER_INTERVAL, barrierInterval);
    return values;
  }

  private static <T> void put(Map<String, String> values, Setting<T> setting, T value) {
    values.put(setting.key(), setting.syntax().text(value));
  }

  /** Returns how many commands may be between submission and commit; a power of two. */
  public int ringSlots() {
    return ringSlots;
  }

  /**
   * Returns how many client commands may wait for their decision; at most the ring's slots less
   * {@value #INTERNAL_SLOTS_MIN}, which stay free for commands of the process itself; half the
   * ring's slots unless set.
   */
  public int clientPermits() {
    return clientPermits;
  }

  /** Returns how many bytes of client commands may wait for their decision. */
  public long clientBytes() {
    return clientBytes;
  }

  /** Returns what effects wait for. */
  public Durability level() {
    return level;
  }

  /** Returns when the journal is forced. */
  public SyncPolicy syncPolicy() {
    return syncPolicy;
  }

  /** Returns when the store catches up. */
  public FlushPolicy flushPolicy() {
    return flushPolicy;
  }

  /** Returns when the store makes its commits durable by itself. */
  public CheckpointPolicy checkpointPolicy() {
    return checkpointPolicy;
  }

  /** Returns what a client meets when there is no room. */
  public BackpressurePolicy backpressurePolicy() {
    return backpressurePolicy;
  }

  /** Returns what holds the journal's bytes. */
  public JournalKind journalKind() {
    return journalKind;
  }

  /** Returns how decide and commit wait for work. */
  public WaitKind waitKind() {
    return waitKind;
  }

  /** Returns the size of one journal segment in bytes. */
  public long segmentBytes() {
    return segmentBytes;
  }

  /**
   * Returns the most bytes that one record, all mutations of one decision, may have; at most half a
   * segment.
   */
  public int recordBytesMax() {
    return recordBytesMax;
  }

  /** Returns the commit thread forces after at most this many bytes, however much waits. */
  public int commitBatchBytesMax() {
    return commitBatchBytesMax;
  }

  /** Returns how many bytes of records the store may lag before clients are held. */
  public long lagBytesMax() {
    return lagBytesMax;
  }

  /**
   * Returns how many bytes of records the store may lag before a decider should release nothing
   * more; above {@code lagBytesMax}.
   */
  public long lagBytesHard() {
    return lagBytesHard;
  }

  /**
   * Returns free disk space below which clients are held; below half of it releases are held too;
   * two segments unless set.
   */
  public long spaceReserveBytes() {
    return spaceReserveBytes;
  }

  /** Returns the most mutations read into one store transaction. */
  public int storeBatchMutationsMax() {
    return storeBatchMutationsMax;
  }

  /**
   * Returns the most bytes of records read into one store transaction; a single larger record still
   * goes.
   */
  public long storeBatchBytesMax() {
    return storeBatchBytesMax;
  }

  /** Returns how many acknowledgements and barriers may wait for one level. */
  public int waitersMax() {
    return waitersMax;
  }

  /** Returns the first pause before a busy or full store is tried again. */
  public Duration storeRetryMin() {
    return storeRetryMin;
  }

  /** Returns the longest such pause; each is twice the one before. */
  public Duration storeRetryMax() {
    return storeRetryMax;
  }

  /** Returns how long opening goes on trying a busy or full store. */
  public Duration recoveryRetryTimeout() {
    return recoveryRetryTimeout;
  }

  /** Returns how long close waits for decide and commit to finish what is in the ring. */
  public Duration closeTimeout() {
    return closeTimeout;
  }

  /** Returns how long close lets the store catch up; the next open does the rest. */
  public Duration closeFlushTimeout() {
    return closeFlushTimeout;
  }

  /** Returns after this long without an append the journal notes how far it is synced. */
  public Duration markInterval() {
    return markInterval;
  }

  /** Returns waiters hurry the flusher at most this often; those in between join. */
  public Duration barrierInterval() {
    return barrierInterval;
  }

  /** Returns what completes futures, or null for a small pool that the buffer owns. */
  public @Nullable Executor futureExecutor() {
    return futureExecutor;
  }

  @Override
  public String toString() {
    return values().toString();
  }
}
