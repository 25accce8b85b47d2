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

  /** See {@link FlushPreset#EAGER}. */
  static FlushPolicy eager() {
    return FlushPreset.EAGER.policy();
  }

  /** See {@link FlushPreset#BALANCED}; the default. */
  static FlushPolicy balanced() {
    return FlushPreset.BALANCED.policy();
  }

  /** See {@link FlushPreset#LAZY}. */
  static FlushPolicy lazy() {
    return FlushPreset.LAZY.policy();
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
  static FlushPolicy whenIdle(Duration quiet) {
    return new WhenIdle(quiet);
  }

  /**
   * As late as the store may lag: a flush begins so early that, by how long the latest took, the
   * oldest waiting record is in the store within the target. Under a load that the store cannot
   * follow it flushes without pause.
   *
   * @param targetLag from 1 ms to 1 hour
   */
  static FlushPolicy adaptive(Duration targetLag) {
    return new Adaptive(targetLag);
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
   * Reads a policy: a preset's name ({@code eager}, {@code balanced}, {@code lazy}, {@code manual})
   * or {@code count(5000)}, {@code bytes(4MiB)}, {@code age(20ms)}, {@code whenIdle(5ms)}, {@code
   * adaptive(50ms)}, {@code whicheverFirst(..., ...)}. {@link #text} writes the same form.
   *
   * @throws IllegalArgumentException if it is none; says what is expected there
   */
  static FlushPolicy parse(String text) {
    return BufferSettings.FLUSH_POLICY.parse(text);
  }

  /** Returns the form that {@link #parse} reads. */
  default String text() {
    return PolicyText.text(this);
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

    @Override
    public String toString() {
      return text();
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

    @Override
    public String toString() {
      return text();
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

    @Override
    public String toString() {
      return text();
    }
  }

  /**
   * See {@link FlushPolicy#whenIdle}.
   *
   * @param quiet from 1 ms to 1 hour
   */
  record WhenIdle(Duration quiet) implements FlushPolicy {
    /** Checks the range. */
    public WhenIdle {
      Ranges.inRange("flushPolicy.whenIdle", quiet, Duration.ofMillis(1), Duration.ofHours(1));
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /**
   * See {@link FlushPolicy#adaptive}.
   *
   * @param targetLag from 1 ms to 1 hour
   */
  record Adaptive(Duration targetLag) implements FlushPolicy {
    /** Checks the range. */
    public Adaptive {
      Ranges.inRange("flushPolicy.adaptive", targetLag, Duration.ofMillis(1), Duration.ofHours(1));
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** See {@link FlushPolicy#manual}. */
  record Manual() implements FlushPolicy {
    @Override
    public String toString() {
      return text();
    }
  }

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

    @Override
    public String toString() {
      return text();
    }
  }
}
