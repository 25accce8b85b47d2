package io.millrace.buffer;

import java.time.Duration;
import java.util.List;

/**
 * A flush policy never changes what you can lose; it decides when SQLite catches up. Loss is
 * decided by {@link Durability} and {@link SyncPolicy}. A late flush absorbs more (what is put and
 * deleted between two flushes never reaches the store) and costs fewer transactions; an early one
 * shows changes to SQL sooner and leaves less to replay.
 *
 * <p>Under every policy a flush is hurried by a waiter ({@link Durability#APPLIED}, a barrier,
 * {@code flush()}) and by the lag limit (rule R25).
 */
public sealed interface FlushPolicy {

  /** As soon as anything is synced. */
  static FlushPolicy eager() {
    return count(1);
  }

  /** Every 200 ms under load, 20 ms after it; the default. */
  static FlushPolicy balanced() {
    return whicheverFirst(
        count(50_000), bytes(16L << 20), age(Duration.ofMillis(200)), idle(Duration.ofMillis(20)));
  }

  /** Rarely: every 5 s or 64 MiB. For the most absorption. */
  static FlushPolicy lazy() {
    return whicheverFirst(count(1_000_000), bytes(64L << 20), age(Duration.ofSeconds(5)));
  }

  /**
   * Once this many records wait.
   *
   * @param records from 1
   */
  static FlushPolicy count(long records) {
    return new Count(records);
  }

  /**
   * Once this many bytes of records wait.
   *
   * @param bytes from 1
   */
  static FlushPolicy bytes(long bytes) {
    return new Bytes(bytes);
  }

  /**
   * Once the oldest waiting record is this old.
   *
   * @param age from 1 ms to 1 hour
   */
  static FlushPolicy age(Duration age) {
    return new Age(age);
  }

  /**
   * Once something waits and nothing was added to it for this long.
   *
   * @param quiet from 1 ms to 1 hour
   */
  static FlushPolicy idle(Duration quiet) {
    return new Idle(quiet);
  }

  /** Only when asked: by a flush, by a waiter, or at the lag limit. */
  static FlushPolicy manual() {
    return new Manual();
  }

  /**
   * As soon as one of these says so.
   *
   * @param policies at least one
   */
  static FlushPolicy whicheverFirst(FlushPolicy... policies) {
    return new WhicheverFirst(List.of(policies));
  }

  /**
   * See {@link FlushPolicy#count}.
   *
   * @param records from 1
   */
  record Count(long records) implements FlushPolicy {
    /** Checks the range. */
    public Count {
      Ranges.inRange("flushPolicy.count", records, 1, Long.MAX_VALUE);
    }
  }

  /**
   * See {@link FlushPolicy#bytes}.
   *
   * @param bytes from 1
   */
  record Bytes(long bytes) implements FlushPolicy {
    /** Checks the range. */
    public Bytes {
      Ranges.inRange("flushPolicy.bytes", bytes, 1, Long.MAX_VALUE);
    }
  }

  /**
   * See {@link FlushPolicy#age}.
   *
   * @param age from 1 ms to 1 hour
   */
  record Age(Duration age) implements FlushPolicy {
    /** Checks the range. */
    public Age {
      Ranges.inRange("flushPolicy.age", age, Duration.ofMillis(1), Duration.ofHours(1));
    }
  }

  /**
   * See {@link FlushPolicy#idle}.
   *
   * @param quiet from 1 ms to 1 hour
   */
  record Idle(Duration quiet) implements FlushPolicy {
    /** Checks the range. */
    public Idle {
      Ranges.inRange("flushPolicy.idle", quiet, Duration.ofMillis(1), Duration.ofHours(1));
    }
  }

  /** See {@link FlushPolicy#manual}. */
  record Manual() implements FlushPolicy {}

  /**
   * See {@link FlushPolicy#whicheverFirst}.
   *
   * @param policies at least one
   */
  record WhicheverFirst(List<FlushPolicy> policies) implements FlushPolicy {
    /** Copies, and checks that there is one. */
    public WhicheverFirst {
      policies = List.copyOf(policies);
      if (policies.isEmpty()) {
        throw new IllegalArgumentException(
            "flushPolicy must name at least one policy to compose, found none; use manual() to"
                + " flush only when asked");
      }
    }
  }
}
