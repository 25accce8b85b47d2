package io.millrace.buffer;

import io.millrace.buffer.settings.Catalog;
import io.millrace.buffer.settings.Setting;
import io.millrace.buffer.settings.Syntax;
import java.time.Duration;

/**
 * Every option of a buffer, said once: its key, default, range and what it does. {@link
 * BufferOptionsBuilder} checks by it, {@link #CATALOG} sets by text, the documentation is made from
 * it.
 */
public final class BufferSettings {

  static final Setting<Profile> PROFILE =
      Setting.derived(
          "profile",
          Syntax.oneOf(Profile.class),
          "none",
          "Sets both policies together, and the sizes that go with them; stands before all others, "
              + "which go on top.");

  static final Setting<Integer> RING_SLOTS =
      Setting.of(
          "ringSlots",
          Syntax.number(64, 1 << 22),
          8192,
          "How many commands may be between submission and commit; a power of " + "two.");

  static final Setting<Integer> CLIENT_PERMITS =
      Setting.derived(
          "clientPermits",
          Syntax.number(1, 1 << 22),
          "half of ringSlots",
          "How many client commands may wait for their decision; at most "
              + "ringSlots less 32, which stay free for commands of the process itself.");

  static final Setting<Long> CLIENT_BYTES =
      Setting.of(
          "clientBytes",
          Syntax.size(1L << 10, 1L << 40),
          64L << 20,
          "How many bytes of client commands may wait for their decision.");

  static final Setting<Durability> LEVEL =
      Setting.of(
          "level",
          Syntax.oneOf(Durability.class),
          Durability.SYNCED,
          "What must hold before effects leave and answers come.");

  static final Setting<SyncPolicy> SYNC_POLICY =
      Setting.of(
          "syncPolicy",
          Syntax.form(
              SyncPolicy.class, PolicyText.SYNC_FORMS, PolicyText::syncPolicy, SyncPolicy::text),
          SyncPolicy.everyBatch(),
          "When the journal is forced. With the level it decides what can be " + "lost.");

  static final Setting<FlushPolicy> FLUSH_POLICY =
      Setting.of(
          "flushPolicy",
          Syntax.form(
              FlushPolicy.class,
              PolicyText.FLUSH_FORMS,
              PolicyText::flushPolicy,
              FlushPolicy::text),
          FlushPolicy.balanced(),
          "When the store catches up. It never changes what can be lost.");

  static final Setting<Long> CHECKPOINT_WAL_BYTES =
      Setting.of(
          "checkpointPolicy.walBytes",
          Syntax.size(64L << 10, 16L << 30),
          32L << 20,
          "A checkpoint runs once the store has this much to move.");

  static final Setting<Duration> CHECKPOINT_IDLE =
      Setting.of(
          "checkpointPolicy.idle",
          Syntax.time(Duration.ofMillis(1), Duration.ofHours(1)),
          Duration.ofSeconds(2),
          "A truncating checkpoint runs once the store had nothing to apply for " + "this long.");

  static final Setting<Long> CHECKPOINT_COMMIT_BYTES =
      Setting.of(
          "checkpointPolicy.syncedCommitBytes",
          Syntax.size(64L << 10, 1L << 40),
          128L << 20,
          "Once this much is applied but not durable in the store, the next "
              + "commit is forced by itself.");

  static final Setting<Duration> CHECKPOINT_COMMIT_AFTER =
      Setting.of(
          "checkpointPolicy.syncedCommitAfter",
          Syntax.time(Duration.ofMillis(10), Duration.ofHours(1)),
          Duration.ofSeconds(10),
          "The same once the durable position has stood still for this long.");

  static final Setting<BackpressurePolicy> BACKPRESSURE_POLICY =
      Setting.of(
          "backpressurePolicy",
          Syntax.form(
              BackpressurePolicy.class,
              PolicyText.BACKPRESSURE_FORMS,
              PolicyText::backpressurePolicy,
              BackpressurePolicy::text),
          BackpressurePolicy.block(Duration.ofSeconds(30)),
          "What a client meets when there is no room.");

  static final Setting<JournalKind> JOURNAL_KIND =
      Setting.of(
          "journalKind",
          Syntax.oneOf(JournalKind.class),
          JournalKind.CHRONICLE,
          "What holds the journal's bytes.");

  static final Setting<WaitKind> WAIT_KIND =
      Setting.of(
          "waitKind",
          Syntax.oneOf(WaitKind.class),
          WaitKind.BLOCKING,
          "How decide and commit wait for work.");

  static final Setting<Long> SEGMENT_BYTES =
      Setting.of(
          "segmentBytes",
          Syntax.size(1L << 20, 1L << 30),
          32L << 20,
          "The size of one journal segment.");

  static final Setting<Integer> RECORD_BYTES_MAX =
      Setting.of(
          "recordBytesMax",
          Syntax.size(1 << 10, 256 << 20),
          4 << 20,
          "The most that one record, all mutations of one decision, may have; at "
              + "most half a segment.");

  static final Setting<Integer> COMMIT_BATCH_BYTES_MAX =
      Setting.of(
          "commitBatchBytesMax",
          Syntax.size(4 << 10, 256 << 20),
          4 << 20,
          "The journal is forced after at most this much, however much waits.");

  static final Setting<Long> LAG_BYTES_MAX =
      Setting.of(
          "lagBytesMax",
          Syntax.size(64L << 10, 1L << 40),
          256L << 20,
          "How far the store may lag before clients are held.");

  static final Setting<Long> LAG_BYTES_HARD =
      Setting.of(
          "lagBytesHard",
          Syntax.size(64L << 10, 1L << 40),
          512L << 20,
          "How far the store may lag before nothing more is released; above " + "lagBytesMax.");

  static final Setting<Long> SPACE_RESERVE_BYTES =
      Setting.derived(
          "spaceReserveBytes",
          Syntax.size(0L, 1L << 50),
          "two segments",
          "Free disk space below which clients are held; below half of it "
              + "releases are held too.");

  static final Setting<Integer> STORE_BATCH_MUTATIONS_MAX =
      Setting.of(
          "storeBatchMutationsMax",
          Syntax.number(1, 10_000_000),
          1_000_000,
          "The most mutations read into one store transaction.");

  static final Setting<Long> STORE_BATCH_BYTES_MAX =
      Setting.of(
          "storeBatchBytesMax",
          Syntax.size(1L << 10, 1L << 34),
          32L << 20,
          "The most bytes of records read into one store transaction; a single "
              + "larger record still goes.");

  static final Setting<Integer> WAITERS_MAX =
      Setting.of(
          "waitersMax",
          Syntax.number(16, 1 << 28),
          1 << 20,
          "How many acknowledgements and barriers may wait for one level.");

  static final Setting<Duration> STORE_RETRY_MIN =
      Setting.of(
          "storeRetryMin",
          Syntax.time(Duration.ofMillis(1), Duration.ofMinutes(1)),
          Duration.ofMillis(5),
          "The first pause before a busy or full store is tried again.");

  static final Setting<Duration> STORE_RETRY_MAX =
      Setting.of(
          "storeRetryMax",
          Syntax.time(Duration.ofMillis(1), Duration.ofMinutes(10)),
          Duration.ofSeconds(1),
          "The longest such pause; each is twice the one before.");

  static final Setting<Duration> RECOVERY_RETRY_TIMEOUT =
      Setting.of(
          "recoveryRetryTimeout",
          Syntax.time(Duration.ofMillis(1), Duration.ofHours(1)),
          Duration.ofSeconds(30),
          "How long opening goes on trying a busy or full store.");

  static final Setting<Duration> CLOSE_TIMEOUT =
      Setting.of(
          "closeTimeout",
          Syntax.time(Duration.ofMillis(1), Duration.ofHours(1)),
          Duration.ofSeconds(10),
          "How long closing waits for decide and commit to finish what is in the " + "ring.");

  static final Setting<Duration> CLOSE_FLUSH_TIMEOUT =
      Setting.of(
          "closeFlushTimeout",
          Syntax.time(Duration.ZERO, Duration.ofHours(1)),
          Duration.ofSeconds(5),
          "How long closing lets the store catch up; the next opening does the " + "rest.");

  static final Setting<Duration> MARK_INTERVAL =
      Setting.of(
          "markInterval",
          Syntax.time(Duration.ofMillis(1), Duration.ofMinutes(1)),
          Duration.ofMillis(100),
          "After this long without an append the journal notes how far it is " + "synced.");

  static final Setting<Duration> BARRIER_INTERVAL =
      Setting.of(
          "barrierInterval",
          Syntax.time(Duration.ZERO, Duration.ofSeconds(1)),
          Duration.ofMillis(1),
          "Waiters hurry the flusher at most this often; those in between join.");

  /** All of them, and how each is set. */
  public static final Catalog<BufferOptionsBuilder> CATALOG =
      Catalog.<BufferOptionsBuilder>empty()
          .with(PROFILE, BufferOptionsBuilder::profile)
          .with(RING_SLOTS, BufferOptionsBuilder::ringSlots)
          .with(CLIENT_PERMITS, BufferOptionsBuilder::clientPermits)
          .with(CLIENT_BYTES, BufferOptionsBuilder::clientBytes)
          .with(LEVEL, BufferOptionsBuilder::level)
          .with(SYNC_POLICY, BufferOptionsBuilder::syncPolicy)
          .with(FLUSH_POLICY, BufferOptionsBuilder::flushPolicy)
          .with(CHECKPOINT_WAL_BYTES, (to, value) -> to.checkpoint(now -> now.withWalBytes(value)))
          .with(CHECKPOINT_IDLE, (to, value) -> to.checkpoint(now -> now.withIdle(value)))
          .with(
              CHECKPOINT_COMMIT_BYTES,
              (to, value) -> to.checkpoint(now -> now.withSyncedCommitBytes(value)))
          .with(
              CHECKPOINT_COMMIT_AFTER,
              (to, value) -> to.checkpoint(now -> now.withSyncedCommitAfter(value)))
          .with(BACKPRESSURE_POLICY, BufferOptionsBuilder::backpressurePolicy)
          .with(JOURNAL_KIND, BufferOptionsBuilder::journalKind)
          .with(WAIT_KIND, BufferOptionsBuilder::waitKind)
          .with(SEGMENT_BYTES, BufferOptionsBuilder::segmentBytes)
          .with(RECORD_BYTES_MAX, BufferOptionsBuilder::recordBytesMax)
          .with(COMMIT_BATCH_BYTES_MAX, BufferOptionsBuilder::commitBatchBytesMax)
          .with(LAG_BYTES_MAX, BufferOptionsBuilder::lagBytesMax)
          .with(LAG_BYTES_HARD, BufferOptionsBuilder::lagBytesHard)
          .with(SPACE_RESERVE_BYTES, BufferOptionsBuilder::spaceReserveBytes)
          .with(STORE_BATCH_MUTATIONS_MAX, BufferOptionsBuilder::storeBatchMutationsMax)
          .with(STORE_BATCH_BYTES_MAX, BufferOptionsBuilder::storeBatchBytesMax)
          .with(WAITERS_MAX, BufferOptionsBuilder::waitersMax)
          .with(STORE_RETRY_MIN, BufferOptionsBuilder::storeRetryMin)
          .with(STORE_RETRY_MAX, BufferOptionsBuilder::storeRetryMax)
          .with(RECOVERY_RETRY_TIMEOUT, BufferOptionsBuilder::recoveryRetryTimeout)
          .with(CLOSE_TIMEOUT, BufferOptionsBuilder::closeTimeout)
          .with(CLOSE_FLUSH_TIMEOUT, BufferOptionsBuilder::closeFlushTimeout)
          .with(MARK_INTERVAL, BufferOptionsBuilder::markInterval)
          .with(BARRIER_INTERVAL, BufferOptionsBuilder::barrierInterval);

  private BufferSettings() {}
}
