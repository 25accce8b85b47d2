package io.millrace.engine.internal.runtime;

import io.millrace.engine.PoolOptions;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds items back so that no more are started than a rate allows. An item is let through only when
 * a thread is free for it: one that waited behind slow items would otherwise start later, in a
 * burst with others.
 *
 * @param <T> items
 */
final class RatedLane<T> implements Lane<T> {

  private final Lane<T> inner;
  private final Rate rate;
  private final AlarmClock clock;
  private final Predicate<T> gone;

  // guarded by this
  private final ArrayDeque<T> waiting = new ArrayDeque<>();
  private int free;
  private boolean open;
  private boolean alarmed;

  /**
   * Makes one.
   *
   * @param options size and rate
   * @param gone tells that an item need not run any more, so that it takes no start from the others
   * @param threads makes what runs items, given what is done with each
   */
  RatedLane(
      PoolOptions options,
      AlarmClock clock,
      Predicate<T> gone,
      Consumer<T> body,
      Function<Consumer<T>, Lane<T>> threads) {
    this.free = options.size();
    this.rate = new Rate(options.ratePerSecond());
    this.clock = clock;
    this.gone = gone;
    this.inner =
        threads.apply(
            item -> {
              try {
                body.accept(item);
              } finally {
                ended();
              }
            });
  }

  @Override
  public void start() {
    inner.start();
    synchronized (this) {
      open = true;
    }
    letThrough();
  }

  @Override
  public void offer(T item) {
    synchronized (this) {
      waiting.add(item);
    }
    letThrough();
  }

  @Override
  public long queued() {
    synchronized (this) {
      return waiting.size() + inner.queued();
    }
  }

  private void ended() {
    synchronized (this) {
      free++;
    }
    letThrough();
  }

  private synchronized void letThrough() {
    while (open && free > 0) {
      T first = first();
      if (first == null) {
        return;
      }
      long now = clock.nowMillis();
      if (!rate.tryTake(now)) {
        waitForRate();
        return;
      }
      waiting.remove();
      free--;
      inner.offer(first);
    }
  }

  private @Nullable T first() {
    T first = waiting.peek();
    while (first != null && gone.test(first)) {
      waiting.remove();
      first = waiting.peek();
    }
    return first;
  }

  private void waitForRate() {
    if (!alarmed) {
      alarmed = true;
      clock.at(rate.dueMillis(), this::ring);
    }
  }

  private void ring() {
    synchronized (this) {
      alarmed = false;
    }
    letThrough();
  }

  @Override
  public void stop() {
    synchronized (this) {
      open = false;
    }
    inner.stop();
  }

  @Override
  public void interrupt() {
    inner.interrupt();
  }

  @Override
  public boolean join(long nanos) throws InterruptedException {
    return inner.join(nanos);
  }
}
