package io.millrace.engine.internal.runtime;

import java.util.function.Consumer;

/**
 * Watches the clock for steps (rule R21). A clock that jumps far ahead, by a mistake that is soon
 * put right, would fire what is due in days; so firing is held for a while. If the clock has not
 * come back then, the time it shows is taken. A clock that goes back makes timers late, not early:
 * that is only reported. One thread.
 */
final class ClockGuard {

  private final long stepMaxMillis;
  private final long holdMaxMillis;
  private final Consumer<String> reports;

  // written by: timer thread
  private boolean begun;
  private long baseMillis;
  private long baseSteadyMillis;
  private boolean held;
  private long heldSinceSteadyMillis;

  /**
   * Makes one.
   *
   * @param stepMaxMillis a longer step forward holds
   * @param holdMaxMillis for so long
   * @param reports takes a line for the operator
   */
  ClockGuard(long stepMaxMillis, long holdMaxMillis, Consumer<String> reports) {
    this.stepMaxMillis = stepMaxMillis;
    this.holdMaxMillis = holdMaxMillis;
    this.reports = reports;
  }

  /**
   * Tells whether firing is held.
   *
   * @param nowMillis what the clock shows, Unix time
   * @param steadyMillis what a clock shows that cannot be set
   */
  boolean isHeld(long nowMillis, long steadyMillis) {
    long step = begun ? (nowMillis - baseMillis) - (steadyMillis - baseSteadyMillis) : 0;
    if (step > stepMaxMillis) {
      if (!held) {
        held = true;
        heldSinceSteadyMillis = steadyMillis;
        reports.accept(
            "the clock stepped forward, and timers do not fire for clockHoldMax="
                + holdMaxMillis
                + " ms unless it comes back; set it right if it is wrong, stepMillis="
                + step
                + " clockStepMax="
                + stepMaxMillis);
      }
      if (steadyMillis - heldSinceSteadyMillis < holdMaxMillis) {
        return true;
      }
      reports.accept("the clock did not come back; its time is taken, and timers fire");
    } else if (held) {
      reports.accept("the clock came back, and timers fire as before");
    } else if (step < -stepMaxMillis) {
      reports.accept("the clock stepped back, and timers are late by that, stepMillis=" + step);
    }
    begun = true;
    held = false;
    baseMillis = nowMillis;
    baseSteadyMillis = steadyMillis;
    return false;
  }
}
