package io.millrace.buffer.internal.stage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.Durability;
import io.millrace.interleavings.Heard;
import io.millrace.interleavings.Interleavings;
import io.millrace.interleavings.OnFollowedThreads;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;

/** Whoever waits for a level hears once, and what is so (invariant I1). */
@OnFollowedThreads
class WaitersInterleavingsTest {

  private static final int MAX = 10;

  @Test
  void i1_shouldTellEachOnceWhenItComesAsThePositionIsReached() {
    Interleavings.check(
        () -> {
          AtomicLong reached = new AtomicLong();
          Waiters waiters = new Waiters(Durability.SYNCED, MAX, reached::get, position -> {});
          Heard first = new Heard(reached::get);
          Heard second = new Heard(reached::get);
          Thread one = Interleavings.thread(() -> waiters.add(1, first, null));
          Thread two = Interleavings.thread(() -> waiters.add(2, second, null));
          Thread stage =
              Interleavings.thread(
                  () -> {
                    reached.set(1);
                    waiters.complete();
                    reached.set(2);
                    waiters.complete();
                  });
          Interleavings.join(one, two, stage);
          first.mustBeAcknowledged(1);
          second.mustBeAcknowledged(2);
        });
  }

  @Test
  void i1_shouldFailThoseLeftAtTheEndAndNobodyTwice() {
    Interleavings.check(
        () -> {
          AtomicLong reached = new AtomicLong();
          Waiters waiters = new Waiters(Durability.APPLIED, MAX, reached::get, position -> {});
          Heard near = new Heard(reached::get);
          Heard far = new Heard(reached::get);
          Thread one =
              Interleavings.thread(
                  () -> {
                    waiters.add(1, near, null);
                    waiters.add(9, far, null);
                  });
          Thread stage =
              Interleavings.thread(
                  () -> {
                    reached.set(1);
                    waiters.complete();
                  });
          Thread closer = Interleavings.thread(() -> waiters.end(new IllegalStateException("end")));
          Interleavings.join(one, stage, closer);
          near.mustHaveHeard();
          far.mustHaveFailed();
        });
  }

  @Test
  void r25_shouldHurryTheStageForWhoeverIsLeftWaiting() {
    Interleavings.check(
        () -> {
          AtomicLong reached = new AtomicLong();
          AtomicLong hurried = new AtomicLong();
          Waiters waiters =
              new Waiters(
                  Durability.SYNCED,
                  MAX,
                  reached::get,
                  position -> hurried.accumulateAndGet(position, Math::max));
          Heard heard = new Heard(reached::get);
          Thread one = Interleavings.thread(() -> waiters.add(2, heard, null));
          Thread stage =
              Interleavings.thread(
                  () -> {
                    reached.set(1);
                    waiters.complete();
                  });
          Interleavings.join(one, stage);
          Interleavings.require(heard.times() == 0, "told of nothing");
          Interleavings.require(hurried.get() == 2, "the second position was asked for");
        });
  }

  /** The mistake that the class is made against: who comes as the stage passes is not looked at. */
  @Test
  void shouldFindWaitersThatLookOnlyBefore() {
    assertThatThrownBy(
            () ->
                Interleavings.check(
                    () -> {
                      AtomicLong reached = new AtomicLong();
                      Heard heard = new Heard(reached::get);
                      HastyWaiters waiters = new HastyWaiters(reached, heard);
                      Thread client = Interleavings.thread(waiters::add);
                      Thread stage =
                          Interleavings.thread(
                              () -> {
                                reached.set(1);
                                waiters.complete();
                              });
                      Interleavings.join(client, stage);
                      heard.mustBeAcknowledged(1);
                    }))
        .isInstanceOf(LincheckAssertionError.class);
  }

  /** One waiter for the first position. */
  private static final class HastyWaiters {
    private final AtomicLong reached;
    private final Heard heard;
    private volatile boolean waits;

    HastyWaiters(AtomicLong reached, Heard heard) {
      this.reached = reached;
      this.heard = heard;
    }

    void add() {
      if (reached.get() >= 1) {
        heard.acknowledged(1);
      } else {
        waits = true;
      }
    }

    void complete() {
      if (waits) {
        heard.acknowledged(1);
      }
    }
  }
}
