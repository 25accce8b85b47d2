package io.millrace.jmh.stress;

import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import io.millrace.jmh.stress.StressOptions.Sabotage;
import io.millrace.jmh.stress.StressOptions.StoreKind;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Options for measurements of the engine itself: five activities that take no time, two workers of
 * each kind, unless set otherwise. Not thread-safe.
 */
public final class StressOptionsBuilder {

  private final Path directory;
  private StoreKind store = StoreKind.SQLITE;
  private int activityWorkers = 2;
  private int inFlight = 20;
  private Duration activityDelay = Duration.ZERO;
  private Duration duration = Duration.ofSeconds(5);
  private Duration warmup = Duration.ofSeconds(1);
  private double ratePerSecond;
  private int payloadBytes;
  private long seed = 1;
  private Durability durability = Durability.SYNCED;

  /**
   * Begins.
   *
   * @param directory the data directory; ignored in memory
   */
  public StressOptionsBuilder(Path directory) {
    this.directory = directory;
  }

  /** Keeps nothing; the level becomes {@link Durability#ACCEPTED}. */
  public StressOptionsBuilder inMemory() {
    store = StoreKind.MEMORY;
    return durability(Durability.ACCEPTED);
  }

  /** Sets the engine's level. */
  public StressOptionsBuilder durability(Durability value) {
    durability = value;
    return this;
  }

  /** Sets how many run at a time. */
  public StressOptionsBuilder inFlight(int value) {
    inFlight = value;
    return this;
  }

  /** Sets how many threads run activities. */
  public StressOptionsBuilder activityWorkers(int value) {
    activityWorkers = value;
    return this;
  }

  /** Sets how long each activity blocks its worker. */
  public StressOptionsBuilder activityDelay(Duration value) {
    activityDelay = value;
    return this;
  }

  /** Sets how many starts are due each second; 0 starts as soon as one ends. */
  public StressOptionsBuilder ratePerSecond(double value) {
    ratePerSecond = value;
    return this;
  }

  /** Sets how many bytes each activity is given and gives back, at the least. */
  public StressOptionsBuilder payloadBytes(int value) {
    payloadBytes = value;
    return this;
  }

  /** Sets where ids come from: two workloads on one directory need two seeds. */
  public StressOptionsBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Sets how long orchestrations are started before counting, and how long after. */
  public StressOptionsBuilder times(Duration before, Duration counted) {
    warmup = before;
    duration = counted;
    return this;
  }

  /** Returns the options. */
  public StressOptions build() {
    return new StressOptions(
        directory,
        store,
        JournalKind.CHRONICLE,
        2,
        activityWorkers,
        inFlight,
        5,
        activityDelay,
        duration,
        warmup,
        ratePerSecond,
        payloadBytes,
        seed,
        durability,
        FlushPolicy.balanced(),
        Sabotage.NONE);
  }
}
