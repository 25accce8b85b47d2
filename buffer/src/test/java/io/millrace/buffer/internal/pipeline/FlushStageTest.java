package io.millrace.buffer.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BarrierTimeoutException;
import io.millrace.buffer.BufferFailedException;
import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.CheckpointPolicy;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.testing.Entry;
import io.millrace.storage.StoreException;
import io.millrace.storage.testing.FailingStore.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlushStageTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  private static Rig rig(FlushPolicy policy) {
    return Rig.stepped(options -> options.flushPolicy(policy));
  }

  /** Accepts so many records, each in its own commit. */
  private static void write(Rig rig, int from, int count) {
    for (int i = from; i < from + count; i++) {
      rig.submit(Durability.SYNCED, Entry.insert(i, i));
      rig.decide();
      rig.commit();
    }
  }

  @Test
  void shouldFlushByCount() {
    Rig rig = rig(FlushPolicy.count(3));
    for (int i = 0; i < 8; i++) {
      write(rig, i, 1);
      rig.flush();
    }
    assertThat(rig.store.batchSizes()).containsExactly(3, 3);
  }

  @Test
  void shouldFlushByBytes() {
    Rig rig = rig(FlushPolicy.bytes(3_000));
    for (int i = 0; i < 6; i++) {
      rig.submit(Durability.SYNCED, Entry.large(i, i, 980));
      rig.decide();
      rig.commit();
      rig.flush();
    }
    assertThat(rig.store.batchSizes()).containsExactly(3, 3);
  }

  @Test
  void shouldFlushByTheAgeOfTheOldest() {
    Rig rig = rig(FlushPolicy.age(Duration.ofMillis(10)));
    write(rig, 0, 1);
    rig.flush();
    for (int i = 1; i < 10; i++) {
      rig.clock.advance(MILLI);
      write(rig, i, 1);
      rig.flush();
    }
    assertThat(rig.store.batchSizes()).isEmpty();
    assertThat(rig.life.flush().idle()).isEqualTo(MILLI.toNanos());
    rig.clock.advance(MILLI);
    rig.flush();
    assertThat(rig.store.batchSizes()).containsExactly(10);
  }

  @Test
  void shouldFlushOnceItIsQuiet() {
    Rig rig = rig(FlushPolicy.whenIdle(Duration.ofMillis(2)));
    for (int i = 0; i < 5; i++) {
      write(rig, i, 1);
      rig.flush();
      rig.clock.advance(MILLI);
    }
    assertThat(rig.store.batchSizes()).isEmpty();
    rig.clock.advance(MILLI);
    rig.flush();
    assertThat(rig.store.batchSizes()).containsExactly(5);
  }

  @Test
  void shouldFlushByWhicheverComesFirst() {
    Rig rig =
        rig(
            FlushPolicy.whicheverFirst(
                FlushPolicy.count(2), FlushPolicy.age(Duration.ofMillis(5))));
    write(rig, 0, 2);
    rig.flush();
    write(rig, 2, 1);
    rig.flush();
    rig.clock.advance(Duration.ofMillis(5));
    rig.flush();
    assertThat(rig.store.batchSizes()).containsExactly(2, 1);
  }

  @Test
  void shouldBeginSoEarlyThatTheTargetLagIsKept() {
    Rig rig = rig(FlushPolicy.adaptive(Duration.ofMillis(10)));
    rig.store.whileApplying(() -> rig.clock.advance(Duration.ofMillis(4)));
    write(rig, 0, 1);
    rig.flush();
    rig.clock.advance(Duration.ofMillis(10));
    rig.flush(); // the first cannot know how long it takes
    assertThat(rig.store.batchSizes()).containsExactly(1);
    write(rig, 1, 1);
    rig.flush();
    rig.clock.advance(Duration.ofMillis(5));
    rig.flush();
    assertThat(rig.store.batchSizes()).as("5 ms old, takes 4").containsExactly(1);
    assertThat(rig.life.flush().idle()).isEqualTo(MILLI.toNanos());
    rig.clock.advance(MILLI);
    rig.flush();
    assertThat(rig.store.batchSizes()).containsExactly(1, 1);
  }

  @Test
  void shouldFlushWithoutPauseWhenTheStoreCannotKeepTheTargetLag() {
    Rig rig = rig(FlushPolicy.adaptive(Duration.ofMillis(10)));
    rig.store.whileApplying(() -> rig.clock.advance(Duration.ofMillis(40)));
    write(rig, 0, 1);
    rig.flush();
    rig.clock.advance(Duration.ofMillis(10));
    rig.flush();
    for (int i = 1; i < 4; i++) {
      write(rig, i, 1);
      rig.flush();
    }
    assertThat(rig.store.batchSizes()).containsExactly(1, 1, 1, 1);
  }

  @Test
  void shouldFlushByAnotherPolicyOnceItIsChanged() {
    Rig rig = rig(FlushPolicy.manual());
    write(rig, 0, 4);
    rig.flush();
    assertThat(rig.store.batchSizes()).isEmpty();
    rig.pipeline.flushPolicy(FlushPolicy.count(3));
    rig.flush();
    assertThat(rig.store.batchSizes()).containsExactly(4);
    rig.pipeline.flushPolicy(FlushPolicy.manual());
    write(rig, 4, 4);
    rig.flush();
    assertThat(rig.store.batchSizes()).containsExactly(4);
  }

  @Test
  void shouldFlushEagerlyWhateverIsSynced() {
    Rig rig = rig(FlushPolicy.eager());
    write(rig, 0, 1);
    rig.flush();
    write(rig, 1, 2);
    rig.flush();
    assertThat(rig.store.batchSizes()).containsExactly(1, 2);
  }

  @Test
  void r25_shouldFlushForAWaiterUnderTheManualPolicy() {
    Rig rig = rig(FlushPolicy.manual());
    write(rig, 0, 3);
    rig.clock.advance(Duration.ofHours(2));
    rig.flush();
    assertThat(rig.store.batchSizes()).isEmpty();
    Heard applied = rig.submit(Durability.APPLIED, Entry.insert(9, 9));
    rig.settle();
    assertThat(applied.success()).isTrue();
    assertThat(rig.store.batchSizes()).containsExactly(4);
  }

  @Test
  void r14_shouldLetBarriersJoinWithinTheInterval() {
    Rig rig = Rig.stepped(options -> options.barrierInterval(Duration.ofMillis(10)));
    Heard first = rig.submit(Durability.APPLIED, Entry.insert(1, 1));
    rig.settle();
    assertThat(first.success()).isTrue();
    Heard second = rig.submit(Durability.APPLIED, Entry.insert(2, 2));
    rig.settle();
    Heard third = rig.submit(Durability.APPLIED, Entry.insert(3, 3));
    rig.settle();
    assertThat(second.nothing()).isTrue();
    assertThat(rig.life.flush().idle()).isEqualTo(Duration.ofMillis(10).toNanos());
    rig.clock.advance(Duration.ofMillis(10));
    rig.settle();
    assertThat(second.success()).isTrue();
    assertThat(third.success()).isTrue();
    assertThat(rig.store.batchSizes()).containsExactly(1, 2);
  }

  @Test
  void r12_shouldAbsorbWhatIsTransient() {
    Rig rig = rig(FlushPolicy.manual());
    for (int i = 0; i < 10; i++) {
      rig.submit(Durability.SYNCED, Entry.insert(i, i));
      rig.submit(Durability.SYNCED, Entry.delete(i));
    }
    rig.submit(Durability.APPLIED, Entry.insert(100, 1));
    rig.settle();
    assertThat(rig.store.batchSizes()).containsExactly(1);
    assertThat(rig.pipeline.statistics().coalescedMutations()).isEqualTo(20);
    assertThat(rig.pipeline.statistics().storeMutations()).isEqualTo(1);
  }

  @Test
  void i9_shouldCutATransactionAtItsLimits() {
    Rig rig = Rig.stepped(options -> options.storeBatchMutationsMax(4).storeBatchBytesMax(2_000));
    write(rig, 0, 10);
    for (int i = 10; i < 13; i++) {
      rig.submit(Durability.SYNCED, Entry.large(i, i, 1_500));
    }
    rig.submit(Durability.APPLIED, Entry.insert(99, 1));
    rig.settle();
    assertThat(rig.store.batchSizes()).containsExactly(4, 4, 4, 2);
    assertThat(rig.store.rows()).hasSize(14);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"BUSY", "FULL"})
  void i7_shouldTryAStumblingStoreAgainWithGrowingPauses(Fault fault) {
    Rig rig =
        Rig.stepped(
            options ->
                options.storeRetryMin(Duration.ofMillis(4)).storeRetryMax(Duration.ofMillis(10)));
    Heard applied = rig.submit(Durability.APPLIED, Entry.insert(1, 1));
    rig.failing.failFrom(fault, 1);
    rig.settle();
    for (int pause : new int[] {4, 8, 10, 10}) {
      assertThat(rig.life.flush().idle()).isEqualTo(Duration.ofMillis(pause).toNanos());
      assertThat(rig.life.flush().ready()).isFalse();
      rig.clock.advance(Duration.ofMillis(pause));
      assertThat(rig.life.flush().ready()).isTrue();
      rig.settle();
    }
    assertThat(rig.life.flush().stumble()).isInstanceOf(StoreException.class);
    assertThat(applied.nothing()).isTrue();
    Heard synced = rig.submit(Durability.SYNCED, Entry.insert(2, 2));
    rig.settle();
    assertThat(synced.success()).as("the journal absorbs").isTrue();
    rig.failing.heal();
    rig.clock.advance(Duration.ofMillis(10));
    rig.settle();
    assertThat(applied.success()).isTrue();
    assertThat(rig.pipeline.failure()).isEmpty();
    assertThat(rig.pipeline.statistics().storeRetries()).isEqualTo(5);
    assertThat(rig.life.flush().stumble()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REJECTED", "FAILED", "FAILED_AFTER_APPLYING"})
  void r11_shouldPoisonOnAnyOtherFaultOfTheStore(Fault fault) {
    Rig rig = rig(FlushPolicy.manual());
    rig.failing.failFrom(fault, 1);
    Heard applied = rig.submit(Durability.APPLIED, Entry.insert(1, 1));
    rig.settle();
    assertThat(applied.failure()).isInstanceOf(BufferFailedException.class);
    assertThat(rig.pipeline.progress().applied()).isZero();
    assertThatThrownBy(() -> rig.submit(Durability.SYNCED, Entry.insert(2, 2)))
        .isInstanceOf(BufferFailedException.class);
    assertThat(rig.afterKill().store.rows()).containsEntry(1L, 1L);
  }

  @Test
  void i7_shouldHoldClientsPastTheLagLimitAndNotThoseWhoDrain() {
    Rig rig = Rig.stepped(options -> options.lagBytesMax(64 << 10));
    rig.failing.failFrom(Fault.BUSY, 1);
    for (int i = 0; i < 10; i++) {
      rig.pipeline.publish(List.of(Entry.large(i, i, 7_000)));
      rig.settle();
    }
    assertThatThrownBy(() -> rig.submit(Durability.SYNCED, Entry.insert(1, 1)))
        .isInstanceOf(BackpressureException.class)
        .hasMessageContaining("lagBytesMax=65536");
    rig.pipeline.publish(List.of(Entry.insert(50, 1)));
    rig.settle();
    assertThat(rig.pipeline.progress().appended()).isEqualTo(11);
    rig.failing.heal();
    rig.clock.advance(Duration.ofSeconds(2));
    rig.settle();
    assertThat(rig.pipeline.progress().applied()).as("the lag limit flushes").isGreaterThan(9);
    assertThat(rig.submit(Durability.SYNCED, Entry.insert(1, 1)).nothing()).isTrue();
  }

  @Test
  void shouldSayWhyABarrierWasNotReached() {
    Rig rig = rig(FlushPolicy.manual());
    rig.failing.failFrom(Fault.BUSY, 1);
    rig.submit(Durability.APPLIED, Entry.insert(1, 1));
    rig.settle();
    assertThatThrownBy(() -> rig.pipeline.awaitDurable(1, Durability.APPLIED, MILLI))
        .isInstanceOf(BarrierTimeoutException.class)
        .hasMessageContaining("position=1 level=APPLIED")
        .hasMessageContaining("tried again")
        .hasCauseInstanceOf(StoreException.Busy.class);
  }

  private static Rig withCheckpoints(CheckpointPolicy policy) {
    return Rig.stepped(
        options -> options.flushPolicy(FlushPolicy.eager()).checkpointPolicy(policy));
  }

  @Test
  void i5_shouldCheckpointWhenTheStoreIsQuiet() {
    Rig rig =
        withCheckpoints(
            new CheckpointPolicy(1 << 30, Duration.ofMillis(20), 1 << 30, Duration.ofHours(1)));
    write(rig, 0, 3);
    rig.flush();
    assertThat(rig.pipeline.progress().durable()).isZero();
    assertThat(rig.life.flush().idle()).isEqualTo(Duration.ofMillis(20).toNanos());
    rig.clock.advance(Duration.ofMillis(20));
    rig.flush();
    assertThat(rig.pipeline.progress().durable()).isEqualTo(3);
    assertThat(rig.pipeline.statistics().checkpoints()).isEqualTo(1);
  }

  @Test
  void i5_shouldCheckpointWhenThereIsMuchToMove() {
    Rig rig =
        withCheckpoints(
            new CheckpointPolicy(64 << 10, Duration.ofHours(1), 1 << 30, Duration.ofHours(1)));
    for (int i = 0; i < 15; i++) {
      write(rig, i, 1);
      rig.flush();
    }
    assertThat(rig.pipeline.progress().durable()).isZero();
    write(rig, 15, 1);
    rig.flush();
    assertThat(rig.pipeline.progress().durable()).isEqualTo(16);
  }

  @Test
  void r9_shouldForceACommitWhereAReaderKeepsCheckpointsFromCompleting() {
    Rig rig =
        withCheckpoints(
            new CheckpointPolicy(64 << 10, Duration.ofMillis(10), 1 << 30, Duration.ofMillis(100)));
    rig.store.readerInTheWay(true);
    for (int i = 0; i < 9; i++) {
      write(rig, i, 1);
      rig.flush();
      rig.clock.advance(Duration.ofMillis(11));
      rig.flush();
    }
    assertThat(rig.pipeline.progress().durable()).isZero();
    rig.clock.advance(Duration.ofMillis(11));
    write(rig, 9, 1);
    rig.flush();
    assertThat(rig.pipeline.progress().durable()).isEqualTo(10);
  }

  @Test
  void r9_shouldForceACommitAfterSoManyBytesAndLetTheJournalGo() {
    Rig rig =
        withCheckpoints(
            new CheckpointPolicy(1 << 30, Duration.ofHours(1), 64 << 10, Duration.ofHours(1)));
    for (int i = 0; i < 40; i++) {
      rig.submit(Durability.SYNCED, Entry.large(i, i, 7_000));
      rig.settle();
    }
    assertThat(rig.pipeline.progress().durable()).isBetween(20L, 40L);
    assertThat(rig.journal.retention().segments()).isLessThanOrEqualTo(3);
    assertThat(rig.afterPowerCut(3).store.rows()).hasSize(40);
  }

  @Test
  void shouldGiveUpRecoveryWhenTheStoreStaysBusy() {
    Rig rig = rig(FlushPolicy.manual());
    write(rig, 0, 3);
    Rig next = Rig.stepped(options -> options);
    next.failing.failFrom(Fault.BUSY, 1);
    next.submit(Durability.SYNCED, Entry.insert(1, 1));
    next.settle();
    assertThatThrownBy(
            () ->
                Replay.run(next.life, Duration.ofSeconds(1), next.clock, next.clock::advanceNanos))
        .isInstanceOf(BufferOpenException.class)
        .hasMessageContaining("recoveryRetryTimeout=PT1S")
        .hasCauseInstanceOf(StoreException.Busy.class);
  }
}
