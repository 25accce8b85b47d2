package io.millrace.buffer.internal.ring;

import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.Kept;
import io.millrace.interleavings.Interleavings;
import io.millrace.interleavings.OnFollowedThreads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Admission under pressure (rule R24, invariant I10): no permit is lost or given twice, and every
 * wait ends. A timed park ends whenever the checker likes, so a wake-up that is missing shows under
 * load alone ({@code PermitsTest}).
 */
@OnFollowedThreads
class PermitsInterleavingsTest {

  private static final int BYTES = 100;

  @Test
  void r24_shouldServeEverybodyAndNeverMoreThanFit() {
    Interleavings.check(
        () -> {
          Permits permits = permits(2, new Door());
          AtomicInteger inside = new AtomicInteger();
          Runnable client =
              () -> {
                permits.acquire(BYTES - 20);
                Interleavings.require(inside.incrementAndGet() == 1, "only one fits by its bytes");
                inside.decrementAndGet();
                permits.release(1, BYTES - 20);
              };
          Interleavings.join(
              Interleavings.thread(client),
              Interleavings.thread(client),
              Interleavings.thread(client));
          Interleavings.require(permits.commandsInUse() == 0, "all permits are back");
          Interleavings.require(permits.waiting() == 0, "nobody is in line");
        });
  }

  @Test
  void r24_shouldLetASmallOneInBehindALargeOneThatGaveUp() {
    Interleavings.check(
        () -> {
          Permits permits = permits(1, new Door());
          permits.acquire(1);
          AtomicInteger served = new AtomicInteger();
          Runnable client =
              () -> {
                permits.acquire(1);
                served.incrementAndGet();
                permits.release(1, 1);
              };
          Thread one = Interleavings.thread(client);
          Thread two = Interleavings.thread(client);
          Thread decide = Interleavings.thread(() -> permits.release(1, 1));
          Interleavings.join(one, two, decide);
          Interleavings.require(served.get() == 2, "both were served");
        });
  }

  @Test
  void i7_shouldLetClientsInWhenTheHoldLifts() {
    Interleavings.check(
        () -> {
          Door door = new Door();
          door.held = "the store lags";
          Permits permits = permits(2, door);
          Runnable client = () -> permits.acquire(1);
          Thread one = Interleavings.thread(client);
          Thread two = Interleavings.thread(client);
          Thread flush =
              Interleavings.thread(
                  () -> {
                    door.held = null;
                    permits.wakeFirst();
                  });
          Interleavings.join(one, two, flush);
          Interleavings.require(permits.commandsInUse() == 2, "both are in");
        });
  }

  @Test
  void r29_shouldEndEveryWaitAtTheClose() {
    Interleavings.check(
        () -> {
          Door door = new Door();
          Permits permits = permits(1, door);
          permits.acquire(1);
          AtomicInteger ended = new AtomicInteger();
          Runnable client =
              () -> {
                try {
                  permits.acquire(1);
                } catch (BufferClosedException closed) {
                  ended.incrementAndGet();
                }
              };
          Thread one = Interleavings.thread(client);
          Thread two = Interleavings.thread(client);
          Thread closer =
              Interleavings.thread(
                  () -> {
                    door.closed = new BufferClosedException(Kept.NO, "closed");
                    permits.wakeAll();
                  });
          Interleavings.join(one, two, closer);
          Interleavings.require(ended.get() == 2, "both waits ended");
          Interleavings.require(
              permits.commandsInUse() == 1, "only the permit taken before is in use");
        });
  }

  private static Permits permits(int commands, Door door) {
    // Time stands still: nobody gives up.
    return new Permits(
        commands, BYTES, BackpressurePolicy.block(Duration.ofHours(1)), door, () -> 0);
  }

  private static final class Door implements Permits.Gate {
    private volatile @Nullable String held;
    private volatile @Nullable RuntimeException closed;

    @Override
    public @Nullable String held() {
      return held;
    }

    @Override
    public @Nullable RuntimeException closed() {
      return closed;
    }
  }
}
