package io.millrace.interleavings;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckSettings;

/** Runs a scenario in so many orders; {@code -Dinterleavings=N} says how many. */
public final class Interleavings {

  /** A few seconds for what every build runs, and enough to find what is planted. */
  private static final int ORDERS = Integer.getInteger("interleavings", 10);

  /**
   * The JDK's own collections count as one step each: what is checked is ours. A loop that goes
   * round more often than this is taken for one that never ends.
   */
  private static final LincheckSettings SETTINGS = new LincheckSettings(false, 10, 1_000, 50);

  private Interleavings() {}

  /**
   * Checks a scenario.
   *
   * @param scenario starts threads, awaits their end, and asserts what must be so then
   */
  public static void check(Runnable scenario) {
    // The public method has no way to say this; the version is pinned.
    Lincheck.runConcurrentTestInternal$lincheck(ORDERS, SETTINGS, scenario);
  }

  /**
   * Asserts; in plain code, for the checker follows everything that a scenario calls, assertion
   * libraries too.
   *
   * @param what is asserted, in words
   */
  public static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("expected: " + what);
    }
  }

  /** Starts a thread. */
  public static Thread thread(Runnable body) {
    Thread thread = new Thread(body);
    thread.start();
    return thread;
  }

  /** Awaits the end of threads. */
  public static void join(Thread... threads) {
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
