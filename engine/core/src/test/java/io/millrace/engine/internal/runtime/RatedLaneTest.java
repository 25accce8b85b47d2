package io.millrace.engine.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** C7: a pool's rate, on a clock turned by hand. */
final class RatedLaneTest {

  private final ManualAlarms clock = new ManualAlarms();
  private final List<Integer> started = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();

  @Test
  void c7b_shouldStartEvenlyAndInOrderWhenManyWait() {
    RatedLane<Integer> lane = lane(PoolOptions.size(1_000).withRatePerSecond(7), true);
    long begin = clock.nowMillis();
    for (int i = 0; i < 71; i++) {
      lane.offer(i);
    }
    assertThat(started).containsExactly(0);
    clock.advance(142);
    assertThat(started).as("never early: 1000 / 7 is 142.86").hasSize(1);
    clock.advance(1);
    assertThat(started).containsExactly(0, 1);
    clock.advance(10_000 - 143);
    assertThat(started).as("no drift").hasSize(71).isSorted();
    assertThat(times.get(70)).isEqualTo(begin + 10_000);
  }

  @Test
  void c7b_shouldNotDriftWhenTheClockTicksCoarsely() {
    RatedLane<Integer> lane = lane(PoolOptions.size(10_000).withRatePerSecond(3_000), true);
    for (int i = 0; i < 9_001; i++) {
      lane.offer(i);
    }
    for (int tick = 0; tick < 200; tick++) {
      clock.jump(15);
    }
    assertThat(started).hasSize(9_001);
    assertThat(times.get(8_955)).as("before the last tick").isLessThan(1_000_000 + 3_000);
  }

  @Test
  void c7b_shouldNotMakeUpForMoreThanAMomentWhenIdle() {
    RatedLane<Integer> lane = lane(PoolOptions.size(1_000).withRatePerSecond(10), true);
    lane.offer(0);
    clock.jump(3_600_000);
    for (int i = 1; i <= 50; i++) {
      lane.offer(i);
    }
    assertThat(started).as("an idle hour saved up nothing").hasSize(2);
    clock.advance(1_000);
    assertThat(started).hasSize(12);
  }

  @Test
  void c7b_shouldGoOnWhenTheClockIsSetBack() {
    RatedLane<Integer> lane = lane(PoolOptions.size(1_000).withRatePerSecond(1), true);
    lane.offer(0);
    clock.jump(-3_600_000);
    lane.offer(1);
    assertThat(started).containsExactly(0, 1);
  }

  @Test
  void c7b_shouldNotStartInABurstWhenThreadsWereBusy() {
    RatedLane<Integer> lane = lane(PoolOptions.size(2).withRatePerSecond(10), false);
    for (int i = 0; i < 20; i++) {
      lane.offer(i);
    }
    clock.advance(10_000);
    assertThat(started).as("both threads are busy").containsExactly(0, 1);
    inner.finish();
    assertThat(started).containsExactly(0, 1, 2);
    inner.finish();
    assertThat(started).as("ten seconds saved up nothing").hasSize(3);
    clock.advance(100);
    assertThat(started).hasSize(4);
  }

  @Test
  void c7b_shouldSpendNoStartWhenAnItemIsGone() {
    gone = item -> item % 2 == 1;
    RatedLane<Integer> lane = lane(PoolOptions.size(100).withRatePerSecond(10), true);
    for (int i = 0; i < 10; i++) {
      lane.offer(i);
    }
    clock.advance(400);
    assertThat(started).containsExactly(0, 2, 4, 6, 8);
  }

  private java.util.function.Predicate<Integer> gone = item -> false;
  private ByHand inner = new ByHand(item -> {}, true);

  private RatedLane<Integer> lane(PoolOptions options, boolean atOnce) {
    RatedLane<Integer> lane =
        new RatedLane<>(
            options,
            clock,
            item -> gone.test(item),
            item -> {},
            body -> {
              inner = new ByHand(body, atOnce);
              return inner;
            });
    lane.start();
    return lane;
  }

  /** Threads that the test plays: an item ends at once, or when told. */
  private final class ByHand implements Lane<Integer> {
    private final Consumer<Integer> body;
    private final boolean atOnce;
    private final List<Integer> running = new ArrayList<>();

    ByHand(Consumer<Integer> body, boolean atOnce) {
      this.body = body;
      this.atOnce = atOnce;
    }

    @Override
    public void start() {}

    @Override
    public void offer(Integer item) {
      started.add(item);
      times.add(clock.nowMillis());
      if (atOnce) {
        body.accept(item);
      } else {
        running.add(item);
      }
    }

    @Override
    public long queued() {
      return 0;
    }

    void finish() {
      body.accept(running.remove(0));
    }

    @Override
    public void stop() {}

    @Override
    public void interrupt() {}

    @Override
    public boolean join(long nanos) {
      return true;
    }
  }
}
