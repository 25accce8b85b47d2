package io.millrace.jmh.ladder;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.millrace.storage.orchestration.RowMutation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Carries commands from those who send to one thread, in batches of what waits. */
abstract class Handover implements AutoCloseable {

  private static final int PLACES = 4096;

  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * A command and who waits for it.
   *
   * @param mutations the command
   * @param acknowledged who waits
   */
  record Sent(List<RowMutation> mutations, Runnable acknowledged) {}

  /** Takes a batch, on the one thread. */
  @FunctionalInterface
  interface Taker {
    void take(List<Sent> batch) throws Exception;
  }

  abstract void put(Sent sent) throws InterruptedException;

  @Override
  public abstract void close() throws Exception;

  /** Notes a failure, and wakes those who wait: what they send next is told why. */
  final void failed(Exception why, List<Sent> batch) {
    failure.compareAndSet(null, why);
    batch.forEach(sent -> sent.acknowledged().run());
  }

  final void check() throws Exception {
    Exception first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  /** A bounded blocking queue and a thread. */
  static final class Queue extends Handover {
    private static final Sent END = new Sent(List.of(), () -> {});
    private final ArrayBlockingQueue<Sent> queue = new ArrayBlockingQueue<>(PLACES);
    private final Thread thread;

    Queue(String name, Taker taker) {
      thread = new Thread(() -> consume(taker), name);
      thread.start();
    }

    private void consume(Taker taker) {
      List<Sent> batch = new ArrayList<>();
      try {
        boolean more = true;
        while (more) {
          batch.add(queue.take());
          queue.drainTo(batch);
          more = !batch.remove(END);
          taker.take(batch);
          batch.clear();
        }
      } catch (Exception e) {
        failed(e, batch);
      }
    }

    @Override
    void put(Sent sent) throws InterruptedException {
      queue.put(sent);
    }

    @Override
    public void close() throws Exception {
      queue.put(END);
      thread.join();
      check();
    }
  }

  /** A Disruptor ring. */
  static final class Ring extends Handover {

    /** One place in the ring. */
    private static final class Place {
      Sent sent = Queue.END;
    }

    private final Disruptor<Place> disruptor;

    Ring(String name, Taker taker) {
      disruptor =
          new Disruptor<>(
              Place::new,
              PLACES,
              task -> new Thread(task, name),
              ProducerType.MULTI,
              new BlockingWaitStrategy());
      List<Sent> batch = new ArrayList<>();
      var unusedGroup =
          disruptor.handleEventsWith(
              (place, sequence, last) -> {
                batch.add(place.sent);
                if (last) {
                  take(taker, batch);
                }
              });
      var unusedRing = disruptor.start();
    }

    private void take(Taker taker, List<Sent> batch) {
      try {
        taker.take(batch);
      } catch (Exception e) {
        failed(e, batch);
      }
      batch.clear();
    }

    @Override
    void put(Sent sent) {
      disruptor.publishEvent((place, sequence, given) -> place.sent = given, sent);
    }

    @Override
    public void close() throws Exception {
      disruptor.shutdown();
      check();
    }
  }
}
