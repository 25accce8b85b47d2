package io.millrace.buffer.internal.stage;

import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives a stage: steps it while there is work, sleeps on its bell while there is none. */
public final class StageThread {

  private static final Logger LOG = LoggerFactory.getLogger(StageThread.class);
  private static final long SLEEP_NANOS_MAX = 1_000_000_000L;

  private final Stage stage;
  private final Doorbell bell;
  private final Fault fault;
  private final int spins;
  private final Thread thread;

  // written by: the thread that closes
  private volatile boolean stopping;

  /**
   * Makes one, not yet running.
   *
   * @param spins how often to look for work before sleeping
   */
  public StageThread(Stage stage, Doorbell bell, Fault fault, int spins, ThreadFactory threads) {
    this.stage = stage;
    this.bell = bell;
    this.fault = fault;
    this.spins = spins;
    this.thread = threads.newThread(this::run);
  }

  /** Starts it. Once. */
  public void start() {
    thread.start();
  }

  /** Lets it finish what is there, and then end. Any thread; does not wait. */
  public void stop() {
    stopping = true;
    bell.ring();
  }

  /**
   * Waits for its end. An interrupt is kept for later: giving up half way would leave files open.
   *
   * @return whether it ended in time
   */
  public boolean join(long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    while (thread.isAlive()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      try {
        thread.join(left / 1_000_000 + 1);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  /** Tells whether the caller is this thread. */
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  private void run() {
    try {
      work();
      stage.finish();
    } catch (Throwable e) {
      // A stage poisons by itself and goes on, failing what it holds. What arrives here is a fault
      // in that very code; the thread ends, and close() fails what is left.
      fault.poison(e);
      LOG.error("{} ends: its stage failed while it was failing", thread.getName(), e);
    }
  }

  private void work() {
    while (true) {
      if (stage.step()) {
        continue;
      }
      if (stopping && !stage.ready()) {
        return;
      }
      long nanos = Math.min(stage.idle(), SLEEP_NANOS_MAX);
      if (!stopping && !foundBySpinning()) {
        bell.sleep(stage, nanos);
      }
    }
  }

  private boolean foundBySpinning() {
    for (int i = 0; i < spins; i++) {
      if (stage.ready()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }
}
