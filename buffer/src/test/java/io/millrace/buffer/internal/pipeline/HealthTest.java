package io.millrace.buffer.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.Durability;
import io.millrace.buffer.Health;
import io.millrace.buffer.Health.Concern;
import io.millrace.buffer.Health.State;
import io.millrace.buffer.HealthSubscription;
import io.millrace.buffer.testing.Entry;
import io.millrace.storage.StoreException;
import io.millrace.storage.testing.FailingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a pipeline says of itself while its disk and its store misbehave, and when they heal. */
@Timeout(60)
class HealthTest {

  private static Health await(BlockingQueue<Health> heard, State state)
      throws InterruptedException {
    List<Health> passed = new ArrayList<>();
    while (true) {
      Health next = heard.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("expected " + state + " but heard only " + passed);
      }
      if (next.state() == state) {
        return next;
      }
      passed.add(next);
    }
  }

  private static BlockingQueue<Health> listen(Rig rig) {
    BlockingQueue<Health> heard = new LinkedBlockingQueue<>();
    rig.pipeline.onHealthChange(Runnable::run, heard::add);
    return heard;
  }

  @Test
  void shouldSayAtOnceHowItFares() throws InterruptedException {
    try (Rig rig = Rig.running(options -> options)) {
      assertThat(await(listen(rig), State.HEALTHY)).isEqualTo(Health.HEALTHY);
      assertThat(rig.pipeline.health().admits()).isTrue();
    }
  }

  @Test
  void i6_shouldRefuseNewWorkWhileTheDiskIsFullAndLiftByItself() throws Exception {
    try (Rig rig =
        Rig.running(
            options ->
                options
                    .spaceReserveBytes(32 << 10)
                    .backpressurePolicy(BackpressurePolicy.reject()))) {
      BlockingQueue<Health> heard = listen(rig);
      rig.segments.faults().full(true);
      Health full = await(heard, State.READ_ONLY);
      assertThat(full.concern()).isEqualTo(Concern.DISK_SHORT);
      assertThat(full.reason()).contains("space is short");
      assertThat(full.admits()).isFalse();
      assertThatThrownBy(() -> rig.submit(Durability.SYNCED, Entry.insert(-1, 1)))
          .isInstanceOf(BackpressureException.class)
          .hasMessageContaining("space is short");
      rig.segments.faults().full(false);
      assertThat(await(heard, State.HEALTHY)).isEqualTo(Health.HEALTHY);
      assertThat(rig.submit(Durability.SYNCED, Entry.insert(-1, 1)).await().success()).isTrue();
    }
  }

  @Test
  void i7_shouldSayThatTheStoreIsHeldAndHeal() throws InterruptedException {
    try (Rig rig = Rig.running(options -> options)) {
      BlockingQueue<Health> heard = listen(rig);
      rig.failing.failFrom(FailingStore.Fault.BUSY, 1);
      assertThat(rig.submit(Durability.SYNCED, Entry.insert(1, 1)).await().success()).isTrue();
      Heard applied = new Heard();
      rig.pipeline.whenDurable(1, Durability.APPLIED, applied);
      Health busy = await(heard, State.DEGRADED);
      assertThat(busy.concern()).isEqualTo(Concern.STORE_STUMBLES);
      assertThat(busy.cause()).isInstanceOf(StoreException.Busy.class);
      assertThat(busy.admits()).isTrue();
      // The journal goes on absorbing.
      assertThat(rig.submit(Durability.SYNCED, Entry.insert(2, 2)).await().success()).isTrue();
      rig.failing.heal();
      assertThat(applied.await().success()).isTrue();
      await(heard, State.HEALTHY);
    }
  }

  @Test
  void i7_shouldHoldNewWorkAtTheLagLimitAndLetItInAgain() throws InterruptedException {
    try (Rig rig =
        Rig.running(
            options ->
                options
                    .lagBytesMax(64 << 10)
                    .lagBytesHard(1 << 20)
                    .backpressurePolicy(BackpressurePolicy.reject()))) {
      BlockingQueue<Health> heard = listen(rig);
      rig.failing.failFrom(FailingStore.Fault.FULL, 1);
      boolean held = false;
      for (int i = 0; !held && i < 1_000; i++) {
        try {
          rig.submit(Durability.SYNCED, Entry.large(i, i, 4_000)).await();
        } catch (BackpressureException e) {
          held = true;
        }
      }
      assertThat(held).isTrue();
      Health lags = await(heard, State.READ_ONLY);
      assertThat(lags.concern()).isEqualTo(Concern.STORE_LAGS);
      assertThat(lags.reason()).contains("lagBytesMax=65536");
      rig.failing.heal();
      await(heard, State.HEALTHY);
      assertThat(rig.submit(Durability.SYNCED, Entry.insert(-1, 1)).await().success()).isTrue();
    }
  }

  @Test
  void shouldSayThatTheDiskOfTheJournalStandsStillAndHeal() throws InterruptedException {
    try (Rig rig = Rig.stepped(options -> options)) {
      BlockingQueue<Health> heard = listen(rig);
      List<Health> asked = new ArrayList<>();
      rig.segments
          .faults()
          .whileForcing(
              () -> {
                asked.add(rig.pipeline.health());
                rig.clock.advance(Duration.ofSeconds(3));
                // Decide looks around meanwhile.
                rig.decide();
                asked.add(rig.pipeline.health());
              });
      Heard answer = rig.submit(Durability.SYNCED, Entry.insert(1, 1));
      rig.settle();
      assertThat(answer.await().success()).isTrue();
      assertThat(asked.get(0)).isEqualTo(Health.HEALTHY);
      Health stalled = asked.get(1);
      assertThat(stalled.state()).isEqualTo(State.DEGRADED);
      assertThat(stalled.concern()).isEqualTo(Concern.DISK_STALLS);
      assertThat(stalled.reason()).contains("not answered for 3000 ms");
      assertThat(stalled.admits()).isTrue();
      rig.decide();
      assertThat(heard)
          .extracting(Health::concern)
          .containsExactly(Concern.NONE, Concern.DISK_STALLS, Concern.NONE);
      assertThat(rig.pipeline.health()).isEqualTo(Health.HEALTHY);
    }
  }

  @Test
  void i6_shouldFailForGoodWithTheCause() throws InterruptedException {
    try (Rig rig = Rig.running(options -> options)) {
      BlockingQueue<Health> heard = listen(rig);
      rig.segments.faults().failNextForce();
      assertThat(rig.submit(Durability.SYNCED, Entry.insert(1, 1)).await().success()).isFalse();
      Health failed = await(heard, State.FAILED);
      assertThat(failed.concern()).isEqualTo(Concern.FAULT);
      assertThat(failed.cause()).isSameAs(rig.pipeline.failure().orElseThrow());
      rig.segments.faults().heal();
      assertThat(rig.pipeline.health().state()).isEqualTo(State.FAILED);
    }
  }

  @Test
  void shouldSurviveAListenerThatThrowsAndForgetOneThatLeft() throws InterruptedException {
    try (Rig rig = Rig.running(options -> options)) {
      BlockingQueue<Health> gone = new LinkedBlockingQueue<>();
      HealthSubscription leaving = rig.pipeline.onHealthChange(Runnable::run, gone::add);
      rig.pipeline.onHealthChange(
          Runnable::run,
          health -> {
            throw new IllegalStateException("thrown on purpose");
          });
      BlockingQueue<Health> heard = listen(rig);
      await(gone, State.HEALTHY);
      leaving.close();
      rig.segments.faults().failNextForce();
      rig.submit(Durability.SYNCED, Entry.insert(1, 1)).await();
      await(heard, State.FAILED);
      assertThat(gone).isEmpty();
    }
  }
}
