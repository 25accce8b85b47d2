package io.millrace.buffer.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks again and again until something is so, and no longer than a slow machine needs. */
public final class Eventually {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  // On one core whoever looks without a pause keeps those away who make it so.
  private static final long LOOK_NANOS = 20_000;

  private Eventually() {}

  /**
   * Looks, giving way to others in between.
   *
   * @param what is waited for, in words
   * @throws AssertionError if it is not so in time
   */
  public static void so(String what, BooleanSupplier look) {
    long began = System.nanoTime();
    while (!look.getAsBoolean()) {
      if (System.nanoTime() - began > LONGEST.toNanos()) {
        throw new AssertionError("not so within " + LONGEST + ": " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
