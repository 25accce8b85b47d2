package io.millrace.engine.internal.runtime;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Tells the time, and sleeps until one comes; the seam at which a test turns the clock by hand. */
public interface TimeSource {

  /** Returns Unix time in milliseconds. Any thread. */
  long nowMillis();

  /**
   * Returns the time of a clock that nobody sets, in milliseconds from some beginning, by which
   * steps of {@link #nowMillis} are seen. A time that is turned by hand has no other: it never
   * steps. Any thread.
   */
  default long steadyMillis() {
    return nowMillis();
  }

  /**
   * Sleeps until a time is there, about, or {@link #wake} is called, or for no reason at all. For
   * one thread.
   *
   * @param deadlineMillis Unix time; {@link Long#MAX_VALUE} for none
   */
  void sleepUntil(long deadlineMillis);

  /** Ends the present sleep, or the next. Any thread; does not block. */
  void wake();

  /** Returns who hears of all that an engine on this time has under way; nobody by default. */
  default Conductor conductor() {
    return Conductor.NONE;
  }

  /** Returns the time of a clock; one that can sleep by itself, such as a test kit's, is one. */
  static TimeSource of(Clock clock) {
    return clock instanceof TimeSource source ? source : new Real(clock);
  }

  /** See {@link #of}. */
  final class Real implements TimeSource {

    /** A clock may be set forward: no sleep is longer than this, so timers are late by no more. */
    private static final long SLEEP_MILLIS_MAX = 1_000;

    private final Clock clock;
    private final boolean system;
    // written by: the one that sleeps
    private volatile @Nullable Thread sleeper;

    private Real(Clock clock) {
      this.clock = clock;
      this.system = clock.withZone(ZoneOffset.UTC).equals(Clock.systemUTC());
    }

    @Override
    public long steadyMillis() {
      return system ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) : clock.millis();
    }

    @Override
    public long nowMillis() {
      return clock.millis();
    }

    @Override
    public void sleepUntil(long deadlineMillis) {
      sleeper = Thread.currentThread();
      if (deadlineMillis == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        long millis = Math.min(deadlineMillis - clock.millis(), SLEEP_MILLIS_MAX);
        if (millis > 0) {
          LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
        }
      }
    }

    @Override
    public void wake() {
      // Null before the first sleep: that one looks for work first.
      LockSupport.unpark(sleeper);
    }
  }
}
