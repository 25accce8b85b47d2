package io.millrace.engine.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.internal.inflight.InFlight;
import io.millrace.engine.internal.inflight.Noted;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R28: a suspect goes in alone, for a named time at most. */
@Timeout(60)
final class EntranceTest {

  private static final long ALONE_MILLIS_MAX = 10_000;

  private final ManualAlarms clock = new ManualAlarms();
  private final Entrance entrance = new Entrance(InFlight.none(4), clock, ALONE_MILLIS_MAX);

  @AfterEach
  void stop() {
    entrance.stop();
  }

  private Entrance.Place enter(long number, boolean suspect) {
    return Objects.requireNonNull(entrance.enter(new Noted(number, suspect ? 1 : 0), suspect));
  }

  /** Enters on a thread of its own, and returns once that waits or is inside. */
  private CompletableFuture<Entrance.Place> entering(long number, boolean suspect)
      throws InterruptedException {
    CompletableFuture<Entrance.Place> place = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              begun.countDown();
              place.complete(enter(number, suspect));
            });
    thread.setDaemon(true);
    thread.start();
    begun.await();
    while (!place.isDone() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return place;
  }

  private static Entrance.Place inside(CompletableFuture<Entrance.Place> entering)
      throws Exception {
    return entering.get(20, TimeUnit.SECONDS);
  }

  @Test
  void c30c_r28_shouldLetASuspectInOnceTheOthersAreOutAndKeepThemOut() throws Exception {
    Entrance.Place first = enter(1, false);
    CompletableFuture<Entrance.Place> suspect = entering(2, true);
    assertThat(suspect).isNotDone();
    CompletableFuture<Entrance.Place> second = entering(3, false);
    assertThat(second).as("nobody overtakes it").isNotDone();

    entrance.leave(first);
    Entrance.Place alone = inside(suspect);
    assertThat(second).isNotDone();

    entrance.leave(alone);
    entrance.leave(inside(second));
  }

  @Test
  void r28_shouldLetOthersInBesideASuspectThatTakesLongerThanAloneTimeMax() throws Exception {
    Entrance.Place suspect = enter(1, true);
    CompletableFuture<Entrance.Place> other = entering(2, false);
    clock.advance(ALONE_MILLIS_MAX - 1);
    assertThat(other).isNotDone();
    clock.advance(1);
    entrance.leave(inside(other));
    entrance.leave(suspect);
    entrance.leave(enter(3, false));
  }

  @Test
  void r28_shouldNotWaitForASuspectThatDoesNotCome() throws Exception {
    entrance.expect(2);
    CompletableFuture<Entrance.Place> other = entering(1, false);
    assertThat(other).as("suspects go first").isNotDone();
    entrance.missing();
    clock.advance(ALONE_MILLIS_MAX - 1);
    assertThat(other).isNotDone();
    clock.advance(1);
    entrance.leave(inside(other));
  }
}
