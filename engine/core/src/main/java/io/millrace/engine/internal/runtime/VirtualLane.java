package io.millrace.engine.internal.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each item on a virtual thread, so many at once; a thread goes on with the next item while
 * there is one, and then ends.
 *
 * @param <T> items
 */
final class VirtualLane<T> implements Lane<T> {

  private static final Logger LOG = LoggerFactory.getLogger(VirtualLane.class);

  private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();
  private final FaultLog faults = new FaultLog();
  private final LongAdder offered = new LongAdder();
  private final LongAdder taken = new LongAdder();
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger busy = new AtomicInteger();
  private final Object owner;
  private final int most;
  private final ThreadFactory threads;
  private final Consumer<T> body;
  private final Conductor conductor;

  // written by: the thread that opens the engine
  private volatile boolean started;

  // written by: the thread that closes the engine
  private volatile boolean stopped;

  VirtualLane(Object owner, int most, ThreadFactory threads, Consumer<T> body) {
    this.owner = owner;
    this.most = most;
    this.threads = threads;
    this.body = body;
    this.conductor = Conductor.of(owner);
  }

  @Override
  public void start() {
    started = true;
    for (int i = queue.size(); i > 0; i--) {
      startOne();
    }
  }

  @Override
  public void offer(T item) {
    conductor.arrived(Conductor.Work.ACTIVITY, item);
    offered.increment();
    queue.add(item);
    startOne();
  }

  @Override
  public long queued() {
    return Math.max(0, offered.sum() - taken.sum());
  }

  private void startOne() {
    while (started && !stopped && !queue.isEmpty()) {
      int now = busy.get();
      if (now >= most) {
        // Whoever gives its place back looks at the queue after that.
        return;
      }
      if (busy.compareAndSet(now, now + 1)) {
        threads
            .newThread(() -> EngineThread.runAs(owner, EngineThread.Role.ACTIVITY, this::work))
            .start();
        return;
      }
    }
  }

  private void work() {
    Thread self = Thread.currentThread();
    running.add(self);
    try {
      for (T item = next(); item != null; item = next()) {
        runOne(item);
      }
    } finally {
      running.remove(self);
      busy.decrementAndGet();
      signal();
      startOne();
    }
  }

  private @org.jspecify.annotations.Nullable T next() {
    return stopped ? null : queue.poll();
  }

  private void runOne(T item) {
    taken.increment();
    conductor.begins(Conductor.Work.ACTIVITY, item);
    try {
      body.accept(item);
    } catch (Throwable e) {
      long times = faults.count(e);
      if (times > 0) {
        LOG.error(
            "{} met a fault and goes on, times={}", Thread.currentThread().getName(), times, e);
      }
    } finally {
      conductor.ended(Conductor.Work.ACTIVITY, item);
    }
  }

  @Override
  public void stop() {
    stopped = true;
    signal();
  }

  @Override
  public void interrupt() {
    running.forEach(Thread::interrupt);
  }

  private void signal() {
    if (stopped) {
      synchronized (running) {
        running.notifyAll();
      }
    }
  }

  @Override
  public boolean join(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    synchronized (running) {
      while (busy.get() > 0) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(running, Math.max(left, 1_000_000));
      }
    }
    return true;
  }
}
