package io.millrace.buffer.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.Kept;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PermitsTest {

  private static final class Door implements Permits.Gate {
    volatile @Nullable String held;
    volatile @Nullable RuntimeException closed;

    @Override
    public @Nullable String held() {
      return held;
    }

    @Override
    public @Nullable RuntimeException closed() {
      return closed;
    }
  }

  private final Door door = new Door();

  private Permits permits(BackpressurePolicy policy) {
    return new Permits(2, 1000, policy, door, Clock.SYSTEM);
  }

  private static void awaitWaiting(Permits permits, int count) {
    Eventually.so("waiting=" + count, () -> permits.waiting() >= count);
  }

  private static CompletableFuture<Void> acquiring(Permits permits, int bytes, Runnable then) {
    return CompletableFuture.runAsync(
        () -> {
          permits.acquire(bytes);
          then.run();
        },
        task -> new Thread(task, "client").start());
  }

  @Test
  void r24_shouldRejectPastTheCommandLimit() {
    Permits permits = permits(BackpressurePolicy.reject());
    permits.acquire(1);
    permits.acquire(1);
    assertThatThrownBy(() -> permits.acquire(1))
        .isInstanceOf(BackpressureException.class)
        .hasMessageContaining("clientPermits=2");
    permits.release(1, 1);
    permits.acquire(1);
    assertThat(permits.commandsInUse()).isEqualTo(2);
  }

  @Test
  void r24_shouldRejectPastTheByteLimit() {
    Permits permits = permits(BackpressurePolicy.reject());
    permits.acquire(900);
    assertThatThrownBy(() -> permits.acquire(101))
        .isInstanceOf(BackpressureException.class)
        .hasMessageContaining("clientBytes=1000");
    permits.acquire(100);
  }

  @Test
  void shouldRefuseWhatCouldNeverFit() {
    Permits permits = permits(BackpressurePolicy.block(Duration.ofSeconds(20)));
    assertThatThrownBy(() -> permits.acquire(1001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes=1001");
    assertThatThrownBy(() -> permits.acquire(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldGiveUpAfterTheTimeout() {
    Permits permits = permits(BackpressurePolicy.block(Duration.ofMillis(20)));
    permits.acquire(1000);
    assertThatThrownBy(() -> permits.acquire(1))
        .isInstanceOf(BackpressureException.class)
        .hasMessageContaining("in the time");
    assertThat(permits.waiting()).isZero();
  }

  @Test
  void shouldServeInOrderOfArrival() throws Exception {
    Permits permits = permits(BackpressurePolicy.block(Duration.ofSeconds(20)));
    permits.acquire(1000);
    List<String> served = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Void> large = acquiring(permits, 800, () -> served.add("large"));
    awaitWaiting(permits, 1);
    CompletableFuture<Void> small = acquiring(permits, 1, () -> served.add("small"));
    awaitWaiting(permits, 2);
    permits.release(0, 500);
    assertThat(served).as("the small one would fit, but is not first").isEmpty();
    permits.release(1, 500);
    large.get(10, TimeUnit.SECONDS);
    small.get(10, TimeUnit.SECONDS);
    assertThat(permits.commandsInUse()).isEqualTo(2);
  }

  @Test
  void shouldLetInOnceTheHoldLifts() throws Exception {
    Permits permits = permits(BackpressurePolicy.block(Duration.ofSeconds(20)));
    door.held = "the store lags";
    CompletableFuture<Void> client = acquiring(permits, 1, () -> {});
    awaitWaiting(permits, 1);
    assertThat(client).isNotDone();
    door.held = null;
    permits.wakeFirst();
    client.get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldEndTheWaitWhenClosed() {
    Permits permits = permits(BackpressurePolicy.block(Duration.ofSeconds(20)));
    permits.acquire(1000);
    CompletableFuture<Void> client = acquiring(permits, 1, () -> {});
    awaitWaiting(permits, 1);
    door.closed = new BufferClosedException(Kept.NO, "closed");
    permits.wakeAll();
    assertThatThrownBy(() -> client.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(BufferClosedException.class);
  }

  @Test
  void shouldEndTheWaitOfAnInterruptedThreadAndKeepItsFlag() {
    Permits permits = permits(BackpressurePolicy.block(Duration.ofSeconds(20)));
    permits.acquire(1000);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> permits.acquire(1))
        .isInstanceOf(BackpressureException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void shouldNeverLoseAPermitUnderContention() throws Exception {
    Permits permits = permits(BackpressurePolicy.block(Duration.ofSeconds(20)));
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 3_000; i++) {
                  permits.acquire(300);
                  permits.release(1, 300);
                }
              },
              task -> new Thread(task, "client").start()));
    }
    for (CompletableFuture<Void> client : clients) {
      client.get(20, TimeUnit.SECONDS);
    }
    assertThat(permits.commandsInUse()).isZero();
    assertThat(permits.waiting()).isZero();
  }
}
