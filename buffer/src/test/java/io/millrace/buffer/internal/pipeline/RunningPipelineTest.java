package io.millrace.buffer.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BarrierTimeoutException;
import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.BufferException;
import io.millrace.buffer.BufferFailedException;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.WaitKind;
import io.millrace.buffer.testing.Entry;
import io.millrace.buffer.testing.Eventually;
import io.millrace.storage.testing.FailingStore.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With its own threads. */
@Timeout(60)
class RunningPipelineTest {

  /** Holds the decide thread until it is told to go on. */
  private static final class Gated implements Decider<List<Entry>, Entry> {

    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void decide(List<Entry> entries, Decision<Entry> decision) {
      entered.countDown();
      try {
        open.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      entries.forEach(decision::mutate);
    }

    @Override
    public void decided(List<Entry> entries, Decision<Entry> decision) {}

    @Override
    public void decideTooLarge(
        List<Entry> entries, long bytes, long limit, Decision<Entry> decision) {}
  }

  private static CompletableFuture<Void> async(Runnable task) {
    return CompletableFuture.runAsync(task, run -> new Thread(run, "client").start());
  }

  @ParameterizedTest
  @EnumSource(WaitKind.class)
  void shouldAnswerManyClientsAtEveryLevel(WaitKind kind) throws Exception {
    try (Rig rig = Rig.running(options -> options.waitKind(kind))) {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      AtomicLong good = new AtomicLong();
      for (Durability level : Durability.values()) {
        clients.add(
            async(
                () -> {
                  for (int i = 0; i < 300; i++) {
                    Heard heard = rig.submit(level, Entry.update(level.name().length(), i));
                    try {
                      if (heard.await().success()) {
                        good.incrementAndGet();
                      }
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  }
                }));
      }
      for (CompletableFuture<Void> client : clients) {
        client.get(40, TimeUnit.SECONDS);
      }
      assertThat(good).hasValue(1_200);
      rig.pipeline.awaitDurable(1_200, Durability.APPLIED, Duration.ofSeconds(20));
      assertThat(rig.store.rows()).containsValue(299L);
    }
  }

  @Test
  void i10_shouldNeverBlockThoseWhoDrainBehindThoseWhoFill() throws Exception {
    try (Rig rig =
        Rig.running(options -> options.ringSlots(64).clientPermits(32).lagBytesMax(64 << 10))) {
      AtomicLong submitted = new AtomicLong();
      AtomicLong published = new AtomicLong();
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        all.add(
            async(
                () -> {
                  for (int i = 0; i < 2_000; i++) {
                    rig.submit(Durability.SYNCED, Entry.large(i, i, 100));
                    submitted.incrementAndGet();
                  }
                }));
        all.add(
            async(
                () -> {
                  for (int i = 0; i < 2_000; i++) {
                    rig.pipeline.publish(List.of(Entry.update(i, i)));
                    published.incrementAndGet();
                  }
                }));
      }
      for (CompletableFuture<Void> each : all) {
        each.get(40, TimeUnit.SECONDS);
      }
      assertThat(submitted).hasValue(6_000);
      assertThat(published).hasValue(6_000);
    }
  }

  @Test
  void i10_shouldLetInternalCommandsInWhileClientsFillEverythingTheyMay() throws Exception {
    Gated gated = new Gated();
    try (Rig rig =
        Rig.running(options -> options.backpressurePolicy(BackpressurePolicy.reject()), gated)) {
      Heard first = rig.submit(Durability.SYNCED, Entry.insert(0, 0));
      gated.entered.await();
      for (int i = 1; i < 32; i++) {
        rig.submit(Durability.SYNCED, Entry.insert(i, i));
      }
      assertThatThrownBy(() -> rig.submit(Durability.SYNCED, Entry.insert(99, 99)))
          .isInstanceOf(BackpressureException.class);
      for (int i = 0; i < 32; i++) {
        rig.pipeline.publish(List.of(Entry.insert(100 + i, i)));
      }
      gated.open.countDown();
      assertThat(first.await().success()).isTrue();
      rig.pipeline.awaitDurable(64, Durability.SYNCED, Duration.ofSeconds(20));
    }
  }

  @Test
  void shouldWaitForAFullRingAndThenGoOn() throws Exception {
    Gated gated = new Gated();
    try (Rig rig = Rig.running(options -> options, gated)) {
      rig.pipeline.publish(List.of(Entry.insert(0, 0)));
      gated.entered.await();
      for (int i = 1; i < 64; i++) {
        rig.pipeline.publish(List.of(Entry.insert(i, i)));
      }
      AtomicReference<Thread> publisher = new AtomicReference<>();
      CompletableFuture<Void> late =
          async(
              () -> {
                publisher.set(Thread.currentThread());
                Thread.currentThread().interrupt();
                rig.pipeline.publish(List.of(Entry.insert(64, 64)));
                assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
              });
      Eventually.so("the publisher runs", () -> publisher.get() != null);
      assertThat(late).isNotDone();
      gated.open.countDown();
      late.get(20, TimeUnit.SECONDS);
      rig.pipeline.awaitDurable(65, Durability.SYNCED, Duration.ofSeconds(20));
    }
  }

  @Test
  void r24_shouldRefuseToPublishFromTheDecideThread() throws Exception {
    AtomicReference<CommandPublisher> door = new AtomicReference<>();
    CompletableFuture<Throwable> met = new CompletableFuture<>();
    Decider<List<Entry>, Entry> publishing =
        new Decider<>() {
          @Override
          public void decide(List<Entry> entries, Decision<Entry> decision) {
            try {
              Objects.requireNonNull(door.get()).publish();
              met.complete(new AssertionError("it was let in"));
            } catch (IllegalStateException e) {
              met.complete(e);
            }
          }

          @Override
          public void decided(List<Entry> entries, Decision<Entry> decision) {}

          @Override
          public void decideTooLarge(
              List<Entry> entries, long bytes, long limit, Decision<Entry> decision) {}
        };
    try (Rig rig = Rig.running(options -> options, publishing)) {
      door.set(() -> rig.pipeline.publish(List.of()));
      rig.submit(Durability.ACCEPTED).await();
      assertThat(met.get(10, TimeUnit.SECONDS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("thread=millrace-decide");
    }
  }

  private interface CommandPublisher {
    void publish();
  }

  @Test
  void shouldEndABarrierInVainWithTheReason() throws Exception {
    try (Rig rig = Rig.running(options -> options.closeFlushTimeout(Duration.ofMillis(10)))) {
      rig.failing.failFrom(Fault.BUSY, 1);
      long position = rig.submit(Durability.SYNCED, Entry.insert(1, 1)).await().position();
      assertThatThrownBy(
              () -> rig.pipeline.awaitDurable(position, Durability.APPLIED, Duration.ofMillis(300)))
          .isInstanceOf(BarrierTimeoutException.class)
          .hasMessageContaining("level=APPLIED");
    }
  }

  @Test
  void r29_shouldDecideWhatIsInTheRingAndFailTheRestWhenClosed() throws Exception {
    Gated gated = new Gated();
    Rig rig = Rig.running(options -> options, gated);
    List<Heard> inside = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      inside.add(rig.submit(Durability.SYNCED, Entry.insert(i, i)));
    }
    gated.entered.await();
    Heard never = new Heard();
    rig.pipeline.whenDurable(1_000, Durability.SYNCED, never);
    CompletableFuture<Void> waiting =
        async(() -> rig.submit(Durability.SYNCED, Entry.insert(99, 99)));
    Eventually.so("a client waits", () -> rig.life.plumbing().permits.waiting() > 0);
    CompletableFuture<Void> closing = async(rig::close);
    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BufferClosedException.class);
    assertThat(closing).isNotDone();
    gated.open.countDown();
    closing.get(30, TimeUnit.SECONDS);
    assertThat(inside).allMatch(Heard::success);
    assertThat(never.failure()).isInstanceOf(BufferClosedException.class);
    assertThat(rig.released).isTrue();
    assertThat(rig.store.rows()).as("flushed in the time left").hasSize(32);
    assertThatThrownBy(() -> rig.submit(Durability.SYNCED, Entry.insert(1, 1)))
        .isInstanceOf(BufferClosedException.class);
    assertThatThrownBy(() -> rig.pipeline.publish(List.of()))
        .isInstanceOf(BufferClosedException.class);
    rig.close();
    assertThat(rig.afterKill().journal.report().copiedRecords()).as("sealed").isZero();
  }

  @Test
  void r29_shouldRefuseClientsFirstAndLetTheRestIn() throws Exception {
    try (Rig rig = Rig.running(options -> options)) {
      rig.pipeline.refuseClients();
      rig.pipeline.refuseClients();
      assertThatThrownBy(() -> rig.submit(Durability.SYNCED, Entry.insert(1, 1)))
          .isInstanceOf(BufferClosedException.class);
      rig.pipeline.publish(List.of(Entry.insert(1, 1)));
      rig.pipeline.awaitDurable(1, Durability.SYNCED, Duration.ofSeconds(20));
    }
  }

  @Test
  void r29_shouldCloseWithAStoreThatStaysBusy() throws Exception {
    Rig rig = Rig.running(options -> options.closeFlushTimeout(Duration.ofMillis(50)));
    rig.failing.failFrom(Fault.BUSY, 1);
    Heard applied = rig.submit(Durability.APPLIED, Entry.insert(1, 1));
    Heard synced = rig.submit(Durability.SYNCED, Entry.insert(2, 2));
    assertThat(synced.await().success()).isTrue();
    rig.close();
    assertThat(applied.failure()).isInstanceOf(BufferClosedException.class);
    assertThat(rig.afterKill().store.rows()).hasSize(2);
  }

  @Test
  void i6_shouldFailEveryWaiterAndEveryLaterCallWithTheFirstCause() throws Exception {
    Rig rig = Rig.running(options -> options);
    assertThat(rig.submit(Durability.SYNCED, Entry.insert(1, 1)).await().success()).isTrue();
    Heard waiting = new Heard();
    rig.pipeline.whenDurable(9, Durability.APPLIED, waiting);
    rig.segments.faults().failNextForce();
    Heard lost = rig.submit(Durability.SYNCED, Entry.insert(2, 2)).await();
    assertThat(lost.failure()).isInstanceOf(BufferFailedException.class);
    assertThat(waiting.await().failure()).isInstanceOf(BufferFailedException.class);
    assertThatThrownBy(() -> rig.pipeline.awaitDurable(1, Durability.SYNCED, Duration.ofSeconds(1)))
        .isInstanceOf(BufferFailedException.class)
        .hasCause(rig.pipeline.failure().orElseThrow());
    rig.close();
    assertThat(rig.released).isTrue();
    assertThat(rig.afterPowerCut(1).store.rows()).containsKey(1L);
  }

  @Test
  void i6_shouldAnswerEachOfManyRacingClientsOnceWhenTheDiskFails() throws Exception {
    Rig rig = Rig.running(options -> options);
    List<Heard> all = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      clients.add(
          async(
              () -> {
                try {
                  for (int i = 0; i < 100_000; i++) {
                    all.add(rig.submit(Durability.SYNCED, Entry.update(i % 7, i)));
                  }
                } catch (BufferException e) {
                  assertThat(e).isInstanceOf(BufferFailedException.class);
                }
              }));
    }
    Eventually.so("500 are under way", () -> all.size() >= 500);
    rig.segments.faults().failNextForce();
    for (CompletableFuture<Void> client : clients) {
      client.get(40, TimeUnit.SECONDS);
    }
    rig.close();
    long lastKept = 0;
    for (Heard heard : all) {
      assertThat(heard.await().times()).isEqualTo(1);
      lastKept = Math.max(lastKept, heard.position());
    }
    assertThat(rig.afterPowerCut(2).journal.report().last().position())
        .isGreaterThanOrEqualTo(lastKept);
  }

  @Test
  void shouldAnswerEachOfManyRacingClientsOnceWhenClosed() throws Exception {
    for (int round = 0; round < 15; round++) {
      Rig rig =
          Rig.running(options -> options.syncPolicy(SyncPolicy.never()).level(Durability.APPENDED));
      List<Heard> all = Collections.synchronizedList(new ArrayList<>());
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        clients.add(
            async(
                () -> {
                  try {
                    for (int i = 0; i < 1_000_000; i++) {
                      all.add(rig.submit(Durability.APPENDED, Entry.update(1, i)));
                    }
                  } catch (BufferException e) {
                    assertThat(e).isInstanceOf(BufferClosedException.class);
                  }
                }));
      }
      Eventually.so("50 are under way", () -> all.size() >= 50);
      rig.close();
      for (CompletableFuture<Void> client : clients) {
        client.get(40, TimeUnit.SECONDS);
      }
      for (Heard heard : List.copyOf(all)) {
        assertThat(heard.await().times()).isEqualTo(1);
      }
    }
  }

  @Test
  void i6_shouldHoldClientsWhileTheDiskIsFullAndLetThemInAgain() throws Exception {
    try (Rig rig =
        Rig.running(
            options -> options.spaceReserveBytes(1 << 20).flushPolicy(FlushPolicy.eager()))) {
      assertThat(rig.submit(Durability.SYNCED, Entry.insert(1, 1)).await().success()).isTrue();
      rig.segments.faults().full(true);
      Eventually.so("clients are held", () -> rig.life.plumbing().admission.held() != null);
      assertThat(rig.life.plumbing().admission.held()).contains("space");
      rig.pipeline.publish(List.of(Entry.insert(2, 2)));
      rig.pipeline.awaitDurable(2, Durability.SYNCED, Duration.ofSeconds(20));
      CompletableFuture<Heard> client = new CompletableFuture<>();
      CompletableFuture<Void> held =
          async(() -> client.complete(rig.submit(Durability.SYNCED, Entry.insert(3, 3))));
      Eventually.so("a client waits", () -> rig.life.plumbing().permits.waiting() > 0);
      assertThat(held).isNotDone();
      rig.segments.faults().full(false);
      assertThat(client.get(20, TimeUnit.SECONDS).await().success()).isTrue();
    }
  }

  @Test
  void shouldKeepTwoPipelinesInOneProcessApart() throws Exception {
    try (Rig one = Rig.running(options -> options);
        Rig two = Rig.running(options -> options)) {
      one.segments.faults().failNextForce();
      Heard lost = one.submit(Durability.SYNCED, Entry.insert(1, 1)).await();
      Heard kept = two.submit(Durability.SYNCED, Entry.insert(1, 1)).await();
      assertThat(lost.failure()).isInstanceOf(BufferFailedException.class);
      assertThat(kept.success()).isTrue();
      assertThat(two.pipeline.failure()).isEmpty();
    }
  }
}
