package io.millrace.engine.internal.runtime;

import io.millrace.buffer.metrics.RunningWork;
import io.millrace.engine.internal.decide.TurnOverdue;
import io.millrace.engine.internal.decide.TurnWork;
import io.millrace.engine.internal.replay.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches how long turns run (rule R22). One that runs too long is reported to the state machine,
 * its thread is interrupted and another takes its place; what it may come to later is late.
 */
final class TurnWatch implements Runnable {

  private static final long LOOK_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);
  private static final long LOOK_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(5);

  private final Crew<TurnWork> crew;
  private final CommandPort port;
  private final TimeSource time;
  private final long limitNanos;
  private final EngineThread thread;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  // written by: the thread that closes the engine
  private volatile boolean stopped;

  TurnWatch(Object owner, Crew<TurnWork> crew, CommandPort port, TimeSource time, Duration limit) {
    this.crew = crew;
    this.port = port;
    this.time = time;
    this.limitNanos = Waiting.nanos(limit);
    this.thread = new EngineThread(owner, EngineThread.Role.TIMER, "millrace-watch", this);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** The calling thread enters a turn; to be given to {@link #leave} behind it. */
  Running enter(TurnWork work) {
    Running entered = new Running(work, Thread.currentThread(), System.nanoTime());
    running.add(entered);
    return entered;
  }

  void leave(Running left) {
    running.remove(left);
    synchronized (left) {
      left.over = true;
    }
  }

  /** Returns the turns whose code runs, as of now. */
  List<RunningWork> running() {
    long nanos = System.nanoTime();
    Instant now = Instant.now();
    List<RunningWork> all = new ArrayList<>();
    for (Running each : running) {
      Turn turn = each.work.turn();
      all.add(
          new RunningWork(
              RunningWork.Kind.TURN,
              turn.instanceId(),
              turn.code().handle().name(),
              each.work.crashes() + 1,
              now.minusNanos(nanos - each.sinceNanos)));
    }
    return all;
  }

  /** Interrupts the very turn and no other: its thread cannot leave it meanwhile. */
  private void giveUp(Running late) {
    synchronized (late) {
      if (!late.over) {
        crew.replace(late.worker);
        late.worker.interrupt();
      }
    }
  }

  @Override
  public void run() {
    long look = Math.max(LOOK_NANOS_MIN, Math.min(LOOK_NANOS_MAX, limitNanos / 4));
    while (!stopped) {
      LockSupport.parkNanos(this, look);
      long now = System.nanoTime();
      for (Running each : List.copyOf(running)) {
        if (now - each.sinceNanos > limitNanos && running.remove(each)) {
          port.publish(new TurnOverdue(time.nowMillis(), each.work));
          giveUp(each);
        }
      }
    }
  }

  /** A turn that runs. */
  static final class Running {
    private final TurnWork work;
    private final Thread worker;
    private final long sinceNanos;
    private boolean over; // guarded by this

    private Running(TurnWork work, Thread worker, long sinceNanos) {
      this.work = work;
      this.worker = worker;
      this.sinceNanos = sinceNanos;
    }
  }
}
