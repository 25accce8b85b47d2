package io.millrace.engine.internal.runtime;

/** An alarm clock that stands until it is turned, and rings on the thread that turns it. */
final class ManualAlarms implements AlarmClock {

  private final Alarms alarms = new Alarms();
  private long now = 1_000_000;

  @Override
  public long nowMillis() {
    return now;
  }

  @Override
  public Alarms.Alarm at(long millis, Runnable action) {
    return alarms.add(millis, action);
  }

  /** Rings what is due meanwhile, each at its own millisecond. */
  void advance(long millis) {
    for (long end = now + millis; now < end; ) {
      now++;
      ring();
    }
  }

  /** Skips time: what is due meanwhile rings late. */
  void jump(long millis) {
    now += millis;
    ring();
  }

  void ring() {
    do {
      alarms.ring(now);
    } while (alarms.hasArrivals() && alarms.ring(now) <= now);
  }
}
