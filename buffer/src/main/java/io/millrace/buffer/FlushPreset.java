package io.millrace.buffer;

import java.time.Duration;

/**
 * The flush policies that have names, and what each costs in plain words. None changes what can be
 * lost; measured figures are in {@code docs/flush-policies.md}.
 */
@SuppressWarnings("ImmutableEnumChecker") // policies are records
public enum FlushPreset {

  /** As soon as anything is synced. */
  EAGER(
      FlushPolicy.count(1),
      "as soon as anything is synced",
      "one commit of the store",
      "hardly any",
      "every change: the store writes the most",
      "hardly anything"),

  /** Every half second under load, 20 ms after it; the default. */
  BALANCED(
      FlushPolicy.whicheverFirst(
          FlushPolicy.count(200_000),
          FlushPolicy.bytes(32L << 20),
          FlushPolicy.age(Duration.ofMillis(500)),
          FlushPolicy.whenIdle(Duration.ofMillis(20))),
      "every half second under load, 20 ms after it",
      "about 0.5 s",
      "up to 32 MiB of records",
      "what lives longer than 0.5 s",
      "up to 32 MiB of journal"),

  /** Rarely: every 5 s or 64 MiB. For the most absorption. */
  LAZY(
      FlushPolicy.whicheverFirst(
          FlushPolicy.count(1_000_000),
          FlushPolicy.bytes(64L << 20),
          FlushPolicy.age(Duration.ofSeconds(5))),
      "every 5 s or 64 MiB",
      "about 5 s",
      "up to 64 MiB of records",
      "what lives longer than 5 s: the store writes the least",
      "up to 64 MiB of journal"),

  /** Only when asked, or at the lag limit. */
  MANUAL(
      new FlushPolicy.Manual(),
      "only when asked: by a flush, a waiter, or at the lag limit",
      "as long as nobody asks, up to lagBytesMax",
      "up to storeBatchBytesMax of records",
      "what is there when somebody asks",
      "up to lagBytesMax of journal");

  private final FlushPolicy policy;
  private final String when;
  private final String lag;
  private final String memory;
  private final String writes;
  private final String reopening;

  FlushPreset(
      FlushPolicy policy, String when, String lag, String memory, String writes, String reopening) {
    this.policy = policy;
    this.when = when;
    this.lag = lag;
    this.memory = memory;
    this.writes = writes;
    this.reopening = reopening;
  }

  /** Returns the policy. */
  public FlushPolicy policy() {
    return policy;
  }

  /** Says when it flushes. */
  public String when() {
    return when;
  }

  /** Says how far the store, and so SQL, is behind. */
  public String lag() {
    return lag;
  }

  /** Says what waits in memory for a flush at most. */
  public String memory() {
    return memory;
  }

  /** Says what the store gets to write. */
  public String writes() {
    return writes;
  }

  /** Says what a reopening after a crash replays. */
  public String reopening() {
    return reopening;
  }
}
