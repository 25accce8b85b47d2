package io.millrace.engine.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On platform threads too, so that it is tested on every Java. */
@Timeout(60)
final class VirtualLaneTest {

  private static final ThreadFactory THREADS = VirtualThreads.factory("lane-").orElse(Thread::new);

  @Test
  void shouldRunAllAndNeverMoreAtOnceThanAllowedWhenManyOffer() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(40_000);
    VirtualLane<Integer> lane =
        new VirtualLane<>(
            this,
            3,
            THREADS,
            item -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inside.decrementAndGet();
              done.countDown();
            });
    lane.offer(-1);
    lane.start();
    Thread[] clients = new Thread[4];
    for (int c = 0; c < clients.length; c++) {
      clients[c] =
          new Thread(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  lane.offer(i);
                }
              });
      clients[c].start();
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 3);
    lane.stop();
    assertThat(lane.join(TimeUnit.SECONDS.toNanos(10))).isTrue();
  }

  @Test
  void shouldKnowItsThreadsAsTheEnginesWhenInside() throws Exception {
    AtomicReference<Object> role = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    VirtualLane<Integer> lane =
        new VirtualLane<>(
            this,
            1,
            THREADS,
            item -> {
              role.set(String.valueOf(EngineThread.currentIn(this)));
              done.countDown();
            });
    lane.start();
    lane.offer(1);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(role.get()).isEqualTo("an activity");
    assertThat(EngineThread.current()).isNull();
  }

  @Test
  void shouldInterruptWhatRunsAndStartNothingMoreWhenStopped() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    ConcurrentLinkedQueue<Integer> ran = new ConcurrentLinkedQueue<>();
    VirtualLane<Integer> lane =
        new VirtualLane<>(
            this,
            1,
            THREADS,
            item -> {
              ran.add(item);
              running.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    lane.start();
    lane.offer(1);
    lane.offer(2);
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    lane.stop();
    assertThat(lane.join(0)).isFalse();
    lane.interrupt();
    assertThat(lane.join(TimeUnit.SECONDS.toNanos(20))).isTrue();
    assertThat(ran).containsExactly(1);
  }
}
