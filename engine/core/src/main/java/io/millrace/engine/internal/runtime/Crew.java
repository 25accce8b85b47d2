package io.millrace.engine.internal.runtime;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that take items from one queue, first in, first out.
 *
 * <p>Handing over never blocks, and costs a wake-up only if a thread sleeps and no wake-up is under
 * way: one thread is woken at a time, and wakes the next if it leaves more behind. So a burst of a
 * thousand items costs its producer one wake-up, not a thousand.
 *
 * <p>The queue has no bound of its own: what can be in it is bounded by what the engine has open.
 *
 * @param <T> items
 */
final class Crew<T> implements Lane<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final FaultLog faults = new FaultLog();
  private final LongAdder offered = new LongAdder();
  private final LongAdder taken = new LongAdder();
  private final AtomicInteger sleepers = new AtomicInteger();
  private final AtomicBoolean waking = new AtomicBoolean();
  private final Consumer<T> body;
  private final Conductor conductor;
  private final Conductor.Work work;

  // written by: the thread that closes the engine
  private volatile boolean stopped;
  private volatile boolean draining;

  /**
   * Makes one; {@link #start} starts it.
   *
   * @param name of its threads, followed by a number from 1
   * @param body what is done with each item; what it throws is logged
   */
  Crew(Object owner, EngineThread.Role role, String name, int threads, Consumer<T> body) {
    this.body = body;
    this.conductor = Conductor.of(owner);
    this.work = Conductor.Work.of(role);
    for (int i = 1; i <= threads; i++) {
      members.add(new Member(owner, role, name + "-" + i));
    }
  }

  @Override
  public void start() {
    members.forEach(member -> member.thread.start());
  }

  /** Hands an item over. Any thread; never blocks. */
  @Override
  public void offer(T item) {
    add(item);
    wakeOne();
  }

  /**
   * As {@link #offer}, but wakes nobody: the caller has more to come, and calls {@link #wake} soon.
   */
  void add(T item) {
    conductor.arrived(work, item);
    offered.increment();
    queue.add(item);
  }

  /** Wakes a thread, if one sleeps and something is there. Any thread; never blocks. */
  void wake() {
    if (!queue.isEmpty()) {
      wakeOne();
    }
  }

  @Override
  public long queued() {
    return Math.max(0, offered.sum() - taken.sum());
  }

  /** A thread will not come back from its item, or not soon: another takes its place. */
  void replace(Thread lost) {
    for (Member member : members) {
      if (member.thread == lost && !stopped) {
        member.replaced = true;
        members.remove(member);
        Member next = new Member(member.owner, member.role, lost.getName());
        members.add(next);
        next.thread.start();
        return;
      }
    }
  }

  /** Takes nothing more; items in work are finished, others stay in the queue. */
  @Override
  public void stop() {
    stopped = true;
    members.forEach(member -> LockSupport.unpark(member.thread));
  }

  /** Works off what is in the queue, then stops. */
  void finish() {
    draining = true;
    members.forEach(member -> LockSupport.unpark(member.thread));
  }

  @Override
  public void interrupt() {
    members.forEach(member -> member.thread.interrupt());
  }

  /**
   * Waits for the threads to end.
   *
   * @return whether they did before the time was over
   */
  @Override
  public boolean join(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (Member member : members) {
      long left = deadline - System.nanoTime();
      if (member.thread.isAlive() && left > 0) {
        TimeUnit.NANOSECONDS.timedJoin(member.thread, left);
      }
    }
    return members.stream().noneMatch(member -> member.thread.isAlive());
  }

  private void wakeOne() {
    while (sleepers.get() > 0 && waking.compareAndSet(false, true)) {
      for (Member member : members) {
        if (member.parked) {
          LockSupport.unpark(member.thread);
          return;
        }
      }
      // Nobody slept when looked at. Whoever lay down since may have missed an item whose producer
      // relied on this wake-up, so look again.
      waking.set(false);
      if (queue.isEmpty()) {
        return;
      }
    }
  }

  private @Nullable T next(Member member) {
    if (stopped || member.replaced) {
      return null;
    }
    T item = queue.poll();
    return item == null && !draining ? sleep(member) : item;
  }

  private @Nullable T sleep(Member member) {
    member.parked = true;
    sleepers.incrementAndGet();
    T item = queue.poll();
    while (item == null && !stopped && !draining) {
      LockSupport.park(this);
      // A stray interrupt would make every later park return at once.
      Thread.interrupted();
      // The wake-up was spent on this one, even if another thread has taken the item meanwhile;
      // whoever adds an item later must be able to wake again.
      waking.set(false);
      item = queue.poll();
    }
    // In this order: whoever takes the right to wake after it is given back sees this one awake.
    member.parked = false;
    sleepers.decrementAndGet();
    waking.set(false);
    if (!queue.isEmpty()) {
      wakeOne();
    }
    return item;
  }

  /** One thread. */
  private final class Member implements Runnable {
    final Object owner;
    final EngineThread.Role role;
    final EngineThread thread;
    // written by: its thread
    volatile boolean parked;
    // written by: the thread that watches over it
    volatile boolean replaced;

    Member(Object owner, EngineThread.Role role, String name) {
      this.owner = owner;
      this.role = role;
      this.thread = new EngineThread(owner, role, name, this);
    }

    @Override
    public void run() {
      for (T item = next(this); item != null; item = next(this)) {
        taken.increment();
        conductor.begins(work, item);
        try {
          body.accept(item);
        } catch (Throwable e) {
          long times = faults.count(e);
          if (times > 0) {
            LOG.error(
                "{} met a fault and goes on with the next item, times={}",
                thread.getName(),
                times,
                e);
          }
        } finally {
          conductor.ended(work, item);
        }
      }
    }
  }
}
