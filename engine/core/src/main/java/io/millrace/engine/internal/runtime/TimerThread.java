package io.millrace.engine.internal.runtime;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.internal.decide.OpenTimer;
import io.millrace.engine.internal.decide.TimerElapsed;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Fires timers: never early, in the order of their deadlines. Firing is a command; whether the
 * timer still counts is decided there.
 */
final class TimerThread implements Runnable, AlarmClock {

  /** Dropped timers are swept out once they are more than the open ones, and more than this. */
  private static final int SWEEP_MIN = 1_024;

  /** While the clock holds firing, it is looked at about so often. */
  private static final long LOOK_WHILE_HELD_MILLIS = 200;

  private final TimeSource time;
  private final CommandPort port;
  private final EngineThread thread;
  private final ConcurrentLinkedQueue<OpenTimer> arriving = new ConcurrentLinkedQueue<>();
  private final AtomicInteger droppedTimers = new AtomicInteger();
  private final Alarms alarms = new Alarms();
  private final ClockGuard guard;

  // written by: timer thread
  private final PriorityQueue<OpenTimer> heap = new PriorityQueue<>();
  private volatile long wakeAtMillis = Long.MIN_VALUE;
  private volatile int near;

  // written by: the thread that closes the engine
  private volatile boolean stopped;

  /**
   * Makes one.
   *
   * @param reports takes lines for the operator
   */
  TimerThread(
      Object owner,
      TimeSource time,
      CommandPort port,
      EngineLimits limits,
      Consumer<String> reports) {
    this.time = time;
    this.guard =
        new ClockGuard(limits.clockStepMax().toMillis(), limits.clockHoldMax().toMillis(), reports);
    this.port = port;
    this.thread = new EngineThread(owner, EngineThread.Role.TIMER, "millrace-timer", this);
  }

  @Override
  public long nowMillis() {
    return time.nowMillis();
  }

  void start() {
    thread.start();
  }

  /** Any thread; never blocks. Wakes the timer thread only for a deadline before all others. */
  void schedule(OpenTimer timer) {
    arriving.add(timer);
    if (timer.fireAtMillis() < wakeAtMillis) {
      time.wake();
    }
  }

  /** Does something at a time; run by this thread. */
  @Override
  public Alarms.Alarm at(long millis, Runnable action) {
    Alarms.Alarm alarm = alarms.add(millis, action);
    if (millis < wakeAtMillis) {
      time.wake();
    }
    return alarm;
  }

  /** Returns how many timers it holds, dropped ones until they are swept out. Any thread. */
  int near() {
    return near;
  }

  /** A timer was dropped; it leaves the heap sooner or later. */
  void dropped() {
    droppedTimers.incrementAndGet();
  }

  void stop() {
    stopped = true;
    time.wake();
  }

  void join(long millis) throws InterruptedException {
    thread.join(Math.max(1, millis));
  }

  @Override
  public void run() {
    while (!stopped) {
      wakeAtMillis = Long.MIN_VALUE;
      long next = fireDue();
      near = heap.size();
      wakeAtMillis = next;
      // Looked at after the deadline is out: whoever schedules looks in the other order.
      if (arriving.isEmpty() && !alarms.hasArrivals() && !stopped) {
        time.sleepUntil(next);
      }
    }
  }

  /** Fires what is due and returns the deadline of the first that is not. */
  private long fireDue() {
    for (OpenTimer timer = arriving.poll(); timer != null; timer = arriving.poll()) {
      heap.add(timer);
    }
    sweep();
    long now = time.nowMillis();
    if (guard.isHeld(now, time.steadyMillis())) {
      // What has arrived is taken, and nothing is due.
      alarms.ring(Long.MIN_VALUE);
      return now + LOOK_WHILE_HELD_MILLIS;
    }
    OpenTimer first = heap.peek();
    while (first != null && (first.isDropped() || first.fireAtMillis() <= now)) {
      heap.remove();
      if (!first.isDropped()) {
        port.publish(new TimerElapsed(now, first));
      }
      first = heap.peek();
    }
    long nextAlarm = alarms.ring(now);
    return first == null ? nextAlarm : Math.min(nextAlarm, first.fireAtMillis());
  }

  private void sweep() {
    int dropped = droppedTimers.get();
    if (dropped > SWEEP_MIN && dropped > heap.size() / 2) {
      heap.removeIf(OpenTimer::isDropped);
      // Not by how many were found: one that was dropped while it fired is in no heap.
      droppedTimers.addAndGet(-dropped);
    }
  }
}
