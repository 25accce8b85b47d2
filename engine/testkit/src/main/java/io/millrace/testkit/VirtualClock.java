package io.millrace.testkit;

import io.millrace.engine.internal.runtime.Conductor;
import io.millrace.engine.internal.runtime.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands until it is turned, and knows when it may be: when nothing that the engine
 * has under way can go on without it. Any thread; one lock guards it all.
 */
final class VirtualClock extends Clock implements TimeSource, Conductor {

  private static final ThreadLocal<@Nullable VirtualClock> OF_ACTIVITY = new ThreadLocal<>();

  private final TestOptions options;

  // guarded by: this
  private final Agenda agenda = new Agenda();
  private final Map<Thread, Long> sleeping = new HashMap<>();
  private final Set<Thread> awake = new HashSet<>();
  private final Map<Agenda.Item, Long> suspended = new HashMap<>();
  private long now;
  private boolean wakeIsDue;
  private boolean open;

  VirtualClock(TestOptions options) {
    this.options = options;
    now = options.start().toEpochMilli();
  }

  /** Returns the clock of the engine whose activity the calling thread runs. */
  static VirtualClock ofActivity() {
    VirtualClock clock = OF_ACTIVITY.get();
    if (clock == null) {
      throw new IllegalStateException(
          "expected an activity of a TestEngine to call this, thread="
              + Thread.currentThread().getName());
    }
    return clock;
  }

  // ---- what the engine asks ----

  @Override
  public synchronized long nowMillis() {
    return now;
  }

  @Override
  public Conductor conductor() {
    return this;
  }

  @Override
  public synchronized void sleepUntil(long deadlineMillis) {
    Thread self = Thread.currentThread();
    if (wakeIsDue || deadlineMillis <= now) {
      wakeIsDue = false;
      awake.add(self);
      return;
    }
    awake.remove(self);
    sleeping.put(self, deadlineMillis);
    notifyAll();
    try {
      while (sleeping.containsKey(self)) {
        wait();
      }
    } catch (InterruptedException e) {
      sleeping.remove(self);
      awake.add(self);
      self.interrupt();
    }
  }

  /** Whoever is woken counts as awake from here on, not only once it runs. */
  @Override
  public synchronized void wake() {
    if (sleeping.isEmpty()) {
      wakeIsDue = true;
    }
    awake.addAll(sleeping.keySet());
    sleeping.clear();
    notifyAll();
  }

  @Override
  public synchronized void arrived(Work work, Object item) {
    agenda.add(work, item);
  }

  @Override
  public void begins(Work work, Object item) {
    if (work == Work.ACTIVITY) {
      OF_ACTIVITY.set(this);
    }
    synchronized (this) {
      Agenda.Item entry = agenda.find(item);
      if (entry != null) {
        entry.atTheGate(Thread.currentThread());
        pass(entry);
      }
    }
  }

  private void pass(Agenda.Item entry) {
    boolean interrupted = false;
    while (!open && options.oneAtATime() && !(awake.isEmpty() && agenda.mayBegin(entry))) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    entry.begun();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void ended(Work work, Object item) {
    if (work == Work.ACTIVITY) {
      OF_ACTIVITY.remove();
    }
    synchronized (this) {
      agenda.remove(item);
      notifyAll();
    }
  }

  @Override
  public synchronized void closing() {
    open = true;
    notifyAll();
  }

  // ---- what activities ask ----

  /**
   * Lets the calling activity take so long, of virtual time.
   *
   * @throws InterruptedException if the engine ends the activity
   */
  synchronized void sleep(Duration duration) throws InterruptedException {
    Agenda.Item entry = agenda.find(Thread.currentThread());
    if (entry == null) {
      return;
    }
    if (entry.takeToldToEnd()) {
      throw new InterruptedException("told to end");
    }
    suspended.put(entry, deadline(duration));
    entry.suspend();
    notifyAll();
    try {
      while (suspended.containsKey(entry)) {
        wait();
      }
    } finally {
      if (suspended.remove(entry) != null) {
        entry.resume();
      }
    }
    pass(entry);
    if (entry.takeToldToEnd()) {
      throw new InterruptedException("told to end");
    }
  }

  /** Ends the sleep of an activity, now or when it begins. */
  synchronized void endSleepOf(Thread thread) {
    Agenda.Item entry = agenda.find(thread);
    if (entry != null) {
      entry.tellToEnd();
      if (suspended.remove(entry) != null) {
        entry.resume();
      }
      notifyAll();
    }
  }

  private long deadline(Duration duration) {
    try {
      return Math.addExact(now, duration.toMillis());
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  // ---- what the test asks ----

  /**
   * Waits, in real time, until nothing can go on unless the clock is turned.
   *
   * @throws AssertionError if the engine is busy for longer than the patience
   */
  synchronized void awaitQuiet() {
    long deadline = System.nanoTime() + options.patience().toNanos();
    while (!isQuiet()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(
            "the engine is still busy after "
                + options.patience()
                + " of real time; an activity that blocks must do so by the clock of the test"
                + " (ActivityScript.takes, TestEngine.sleepInActivity)\n"
                + agenda);
      }
      try {
        wait(left / 1_000_000 + 1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while the engine was busy\n" + agenda, e);
      }
    }
  }

  /** An open engine has a thread that sleeps for timers, as soon as it has begun. */
  private boolean isQuiet() {
    return agenda.isIdle() && awake.isEmpty() && !sleeping.isEmpty();
  }

  /** Returns when the first sleeper wants to be woken, Unix time; empty if none does. */
  synchronized OptionalLong nextDue() {
    long next = Long.MAX_VALUE;
    for (long deadline : sleeping.values()) {
      next = Math.min(next, deadline);
    }
    for (long deadline : suspended.values()) {
      next = Math.min(next, deadline);
    }
    return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /** Turns the clock forward and wakes whoever is due. */
  synchronized void turnTo(long millis) {
    now = Math.max(now, millis);
    sleeping
        .entrySet()
        .removeIf(sleeper -> sleeper.getValue() <= now && awake.add(sleeper.getKey()));
    suspended
        .entrySet()
        .removeIf(
            sleeper -> {
              boolean due = sleeper.getValue() <= now;
              if (due) {
                sleeper.getKey().resume();
              }
              return due;
            });
    notifyAll();
  }

  /** Forgets an engine that was closed; another may begin. */
  synchronized void forgetEngine() {
    agenda.clear();
    sleeping.clear();
    awake.clear();
    suspended.clear();
    wakeIsDue = false;
    open = false;
  }

  @Override
  public synchronized Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Returns a plain view in another zone; the engine needs none. */
  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
