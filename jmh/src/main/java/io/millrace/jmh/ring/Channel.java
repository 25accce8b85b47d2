package io.millrace.jmh.ring;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Semaphore;

/** From many threads to one, with a bound. */
public abstract class Channel implements AutoCloseable {

  static final int PLACES = 4096;

  /** Ends the consumer of a queue. */
  private static final Object END = new Object();

  // written by: the consumer
  long taken;

  /** Hands a command over; blocks while there is no room. Any thread. */
  abstract void put(Object command) throws InterruptedException;

  /** Ends the consumer, and waits for it. */
  @Override
  public abstract void close() throws InterruptedException;

  /** What hands over. */
  public enum Kind {
    /** Sleeps under a lock. */
    DISRUPTOR_BLOCKING,
    /** Spins, yields, then parks. */
    DISRUPTOR_SLEEPING,
    /** Spins, then yields. */
    DISRUPTOR_YIELDING,
    /** Spins. */
    DISRUPTOR_SPINNING,
    /** The JDK's. */
    ARRAY_BLOCKING_QUEUE,
    /** The JDK's. */
    LINKED_TRANSFER_QUEUE;

    Channel open() {
      return switch (this) {
        case DISRUPTOR_BLOCKING -> new Ring(new BlockingWaitStrategy());
        case DISRUPTOR_SLEEPING -> new Ring(new SleepingWaitStrategy());
        case DISRUPTOR_YIELDING -> new Ring(new YieldingWaitStrategy());
        case DISRUPTOR_SPINNING -> new Ring(new BusySpinWaitStrategy());
        case ARRAY_BLOCKING_QUEUE -> new Array();
        case LINKED_TRANSFER_QUEUE -> new Transfer();
      };
    }
  }

  private static final class Ring extends Channel {

    /** One place. */
    private static final class Place {
      Object command = END;
    }

    private final Disruptor<Place> disruptor;

    Ring(WaitStrategy waiting) {
      disruptor =
          new Disruptor<>(
              Place::new,
              PLACES,
              task -> new Thread(task, "bench-consumer"),
              ProducerType.MULTI,
              waiting);
      var unusedGroup =
          disruptor.handleEventsWith(
              (place, sequence, last) -> {
                if (place.command != END) {
                  taken++;
                }
              });
      var unusedRing = disruptor.start();
    }

    @Override
    void put(Object command) {
      disruptor.publishEvent((place, sequence, given) -> place.command = given, command);
    }

    @Override
    public void close() {
      disruptor.shutdown();
    }
  }

  private static final class Array extends Channel {

    private final ArrayBlockingQueue<Object> queue = new ArrayBlockingQueue<>(PLACES);
    private final Thread consumer = new Thread(this::consume, "bench-consumer");

    Array() {
      consumer.start();
    }

    private void consume() {
      try {
        while (queue.take() != END) {
          taken++;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    void put(Object command) throws InterruptedException {
      queue.put(command);
    }

    @Override
    public void close() throws InterruptedException {
      queue.put(END);
      consumer.join();
    }
  }

  private static final class Transfer extends Channel {

    private final LinkedTransferQueue<Object> queue = new LinkedTransferQueue<>();
    private final Semaphore places = new Semaphore(PLACES);
    private final Thread consumer = new Thread(this::consume, "bench-consumer");

    Transfer() {
      consumer.start();
    }

    private void consume() {
      try {
        while (queue.take() != END) {
          taken++;
          places.release();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    void put(Object command) throws InterruptedException {
      places.acquire();
      queue.put(command);
    }

    @Override
    public void close() throws InterruptedException {
      queue.put(END);
      consumer.join();
    }
  }
}
