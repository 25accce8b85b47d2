package io.millrace.engine;

import io.millrace.buffer.BufferSettings;
import io.millrace.buffer.settings.Catalog;
import io.millrace.buffer.settings.Setting;
import io.millrace.buffer.settings.Syntax;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.sqlite.Synchronous;
import java.time.Duration;

/**
 * Every option of an engine that can be given as text: its own, its limits, those of its pools, of
 * its buffer and of SQLite. Each is said once; checks, documentation and other tools' metadata are
 * made from it.
 */
public final class MillraceSettings {

  static final Setting<Integer> ORCHESTRATION_WORKERS =
      Setting.of("orchestrationWorkers", Syntax.number(1, 1_024), 2, "How many threads run turns.");

  static final Setting<Integer> RESIDENT_INSTANCES_MAX =
      Setting.of(
          "residentInstancesMax",
          Syntax.number(0, Integer.MAX_VALUE),
          100_000,
          "How many live instances stay in memory though they are idle.");

  static final Setting<Long> QUEUED_BYTES_MAX =
      Setting.of(
          "queuedBytesMax",
          Syntax.size(0L, 1L << 40),
          64L << 20,
          "About how many bytes instances hold in memory for their open activities; what comes"
              + " beyond reads its history and its inputs back from the store.");

  static final Setting<Duration> TIMER_HORIZON =
      Setting.of(
          "timerHorizon",
          Syntax.time(Duration.ofSeconds(1), Duration.ofDays(12_000)),
          Duration.ofMinutes(10),
          "How far ahead the timers of instances that are not in memory are read from the store.");

  static final Setting<Duration> RETENTION_FINISHED_FOR =
      Setting.derived(
          "retention.finishedFor",
          Syntax.time(Duration.ofSeconds(1), Duration.ofDays(36_600)),
          "for ever",
          "How long an instance is kept after it has ended; then it is deleted with its tree.");

  static final Setting<Long> RETENTION_FINISHED_MAX =
      Setting.derived(
          "retention.finishedMax",
          Syntax.number(0L, Long.MAX_VALUE),
          "no limit",
          "How many ended instances without a parent are kept; beyond that the oldest are deleted.");

  static final Setting<Integer> RETENTION_EXECUTIONS_MAX =
      Setting.derived(
          "retention.executionsMax",
          Syntax.number(1, Integer.MAX_VALUE),
          "no limit",
          "How many earlier executions of an instance that continued as new are kept.");

  private static final Syntax<Integer> POOL_SIZE = Syntax.number(1, 10_000);
  private static final Syntax<Double> POOL_RATE = Syntax.fraction(0, 1_000_000);
  private static final Syntax<Duration> POOL_WAIT = Syntax.time(Duration.ZERO, Duration.ofDays(1));
  private static final PoolOptions POOL = PoolOptions.size(2);
  private static final SqliteOptions SQLITE = SqliteOptions.defaults();
  private static final Syntax<Long> CACHE = Syntax.size(256L << 10, 64L << 30);
  private static final Syntax<Duration> UP_TO_A_MINUTE =
      Syntax.time(Duration.ZERO, Duration.ofMinutes(1));

  /** All of them, and how each is set. */
  public static final Catalog<MillraceBuilder> CATALOG =
      Catalog.<MillraceBuilder>empty()
          .withAll(BufferSettings.CATALOG, MillraceBuilder::buffer)
          .withAll(engine(), builder -> builder)
          .withAll(pools(), builder -> builder)
          .withAll(limits(), builder -> builder)
          .withAll(sqlite(), builder -> builder);

  private MillraceSettings() {}

  private static Catalog<MillraceBuilder> engine() {
    return Catalog.<MillraceBuilder>empty()
        .with(ORCHESTRATION_WORKERS, MillraceBuilder::orchestrationWorkers)
        .with(
            Setting.of(
                "activityWorkers",
                POOL_SIZE,
                POOL.size(),
                "How many threads the default pool of activities has."),
            (to, value) -> to.changePool(Activity.DEFAULT_TAG, pool -> pool.withSize(value)))
        .with(
            Setting.of(
                "activityRatePerSecond",
                POOL_RATE,
                POOL.ratePerSecond(),
                "How many activities the default pool starts in a second at most; 0 for no limit."),
            (to, value) ->
                to.changePool(Activity.DEFAULT_TAG, pool -> pool.withRatePerSecond(value)))
        .with(RESIDENT_INSTANCES_MAX, MillraceBuilder::residentInstancesMax)
        .with(QUEUED_BYTES_MAX, MillraceBuilder::queuedBytesMax)
        .with(TIMER_HORIZON, MillraceBuilder::timerHorizon)
        .with(
            RETENTION_FINISHED_FOR,
            (to, value) -> to.changeRetention(now -> now.withFinishedFor(value)))
        .with(
            RETENTION_FINISHED_MAX,
            (to, value) -> to.changeRetention(now -> now.withFinishedMax(value)))
        .with(
            RETENTION_EXECUTIONS_MAX,
            (to, value) -> to.changeRetention(now -> now.withExecutionsMax(value)));
  }

  /** Those of the pool for a tag; any of them makes the pool. */
  private static Catalog<MillraceBuilder> pools() {
    return Catalog.<MillraceBuilder>empty()
        .withNamed(
            Setting.of(
                "pool.*.size",
                POOL_SIZE,
                POOL.size(),
                "How many activities of the pool for this tag run at once at most."),
            (to, tag, value) -> to.changePool(tag, pool -> pool.withSize(value)))
        .withNamed(
            Setting.of(
                "pool.*.virtualThreads",
                Syntax.yesOrNo(),
                POOL.virtualThreads(),
                "Whether each runs on a virtual thread of its own, where Java has them."),
            (to, tag, value) -> to.changePool(tag, pool -> pool.withVirtualThreads(value)))
        .withNamed(
            Setting.of(
                "pool.*.ratePerSecond",
                POOL_RATE,
                POOL.ratePerSecond(),
                "How many are started in a second at most; 0 for no limit."),
            (to, tag, value) -> to.changePool(tag, pool -> pool.withRatePerSecond(value)))
        .withNamed(
            Setting.of(
                "pool.*.interruptGrace",
                POOL_WAIT,
                POOL.interruptGrace(),
                "How long one whose result is no longer wanted is left to itself before its thread"
                    + " is interrupted."),
            (to, tag, value) -> to.changePool(tag, pool -> pool.withInterruptGrace(value)))
        .withNamed(
            Setting.of(
                "pool.*.heartbeatInterval",
                POOL_WAIT,
                POOL.heartbeatInterval(),
                "How often the details of heartbeats are written down at most."),
            (to, tag, value) -> to.changePool(tag, pool -> pool.withHeartbeatInterval(value)));
  }

  private static Catalog<MillraceBuilder> limits() {
    Catalog<MillraceBuilder> all = Catalog.empty();
    for (Limit limit : Limit.values()) {
      all =
          limit.isTime()
              ? all.with(
                  limit.time(),
                  (to, value) -> to.changeLimits(now -> now.with(limit, value.toMillis())))
              : all.with(
                  limit.amount(), (to, value) -> to.changeLimits(now -> now.with(limit, value)));
    }
    return all;
  }

  private static Catalog<MillraceBuilder> sqlite() {
    return Catalog.<MillraceBuilder>empty()
        .with(
            Setting.of(
                "sqlite.synchronous",
                Syntax.oneOf(Synchronous.class),
                SQLITE.synchronous(),
                "How often SQLite forces files; the journal brings again what power loss takes."),
            (to, value) -> to.changeSqlite(now -> now.synchronous(value)))
        .with(
            Setting.of(
                "sqlite.cacheBytes", CACHE, SQLITE.cacheBytes(), "Page cache of the writer."),
            (to, value) -> to.changeSqlite(now -> now.cacheBytes(value)))
        .with(
            Setting.of(
                "sqlite.readerCacheBytes",
                CACHE,
                SQLITE.readerCacheBytes(),
                "Page cache of each reader."),
            (to, value) -> to.changeSqlite(now -> now.readerCacheBytes(value)))
        .with(
            Setting.of(
                "sqlite.pageSizeBytes",
                Syntax.size(512, 65_536),
                SQLITE.pageSizeBytes(),
                "Page size of a file that is created, a power of two."),
            (to, value) -> to.changeSqlite(now -> now.pageSizeBytes(value)))
        .with(
            Setting.of(
                "sqlite.busyTimeout",
                UP_TO_A_MINUTE,
                SQLITE.busyTimeout(),
                "How long a call waits while an outside process holds the file."),
            (to, value) -> to.changeSqlite(now -> now.busyTimeout(value)))
        .with(
            Setting.of(
                "sqlite.walBytesMax",
                Syntax.size(1L << 20, 1L << 40),
                SQLITE.walBytesMax(),
                "Size of the write-ahead file past which a commit checkpoints by itself."),
            (to, value) -> to.changeSqlite(now -> now.walBytesMax(value)))
        .withAll(sqliteReaders(), builder -> builder);
  }

  private static Catalog<MillraceBuilder> sqliteReaders() {
    return Catalog.<MillraceBuilder>empty()
        .with(
            Setting.of(
                "sqlite.readers",
                Syntax.number(1, 64),
                SQLITE.readers(),
                "How many views may be open at once."),
            (to, value) -> to.changeSqlite(now -> now.readers(value)))
        .with(
            Setting.of(
                "sqlite.readerWait",
                UP_TO_A_MINUTE,
                SQLITE.readerWait(),
                "How long a read waits for one of them."),
            (to, value) -> to.changeSqlite(now -> now.readerWait(value)))
        .with(
            Setting.of(
                "sqlite.readTimeLimit",
                Syntax.time(Duration.ofMillis(1), Duration.ofHours(1)),
                SQLITE.readTimeLimit(),
                "How long a view may stay open: it keeps the write-ahead file from shrinking."),
            (to, value) -> to.changeSqlite(now -> now.readTimeLimit(value)))
        .with(
            Setting.of(
                "sqlite.checkTimeLimit",
                Syntax.time(Duration.ZERO, Duration.ofHours(1)),
                SQLITE.checkTimeLimit(),
                "How long the check of the file after an unclean stop may take; 0s for no check."),
            (to, value) -> to.changeSqlite(now -> now.checkTimeLimit(value)));
  }
}
