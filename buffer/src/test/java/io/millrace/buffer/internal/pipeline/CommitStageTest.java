package io.millrace.buffer.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferFailedException;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Durability;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.UnreachableDurabilityException;
import io.millrace.buffer.testing.DiskFaults.Extent;
import io.millrace.buffer.testing.DiskFaults.Kind;
import io.millrace.buffer.testing.DiskFaults.Operation;
import io.millrace.buffer.testing.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommitStageTest {

  /** The value of an entry that lets nothing out. */
  private static final long QUIET = -2;

  private final List<Long> released = new ArrayList<>();

  /** Lets the position of each decision out. */
  private final Decider<List<Entry>, Entry> letsOut =
      new Decider<>() {
        @Override
        public void decide(List<Entry> entries, Decision<Entry> decision) {
          entries.forEach(decision::mutate);
        }

        @Override
        public void decided(List<Entry> entries, Decision<Entry> decision) {
          long position = decision.position();
          if (!entries.isEmpty() && entries.get(0).value() == QUIET) {
            return;
          }
          decision.whenDurable(
              () -> {
                if (!entries.isEmpty() && entries.get(0).value() == -1) {
                  throw new IllegalStateException("a bug in an effect");
                }
                released.add(position);
              });
        }

        @Override
        public void decideTooLarge(
            List<Entry> entries, long bytes, long limit, Decision<Entry> decision) {
          decision.refuse(new IllegalArgumentException("too large"));
        }
      };

  private Rig rig(Durability level, SyncPolicy sync) {
    return Rig.stepped(
        options -> options.level(level).syncPolicy(sync).markInterval(Duration.ofMillis(50)),
        letsOut);
  }

  @Test
  void r1_shouldForceOnceForABatchAndThenAnswer() {
    Rig rig = rig(Durability.SYNCED, SyncPolicy.everyBatch());
    List<Heard> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(rig.submit(Durability.SYNCED, Entry.insert(i, i)));
    }
    rig.decide();
    assertThat(all).allMatch(Heard::nothing);
    long before = rig.journal.writer().forces();
    rig.commit();
    assertThat(all).allMatch(Heard::success);
    // The first one of a life forces its segment's header too.
    assertThat(rig.journal.writer().forces() - before).isLessThanOrEqualTo(2);
    assertThat(rig.pipeline.progress().synced()).isEqualTo(20);
    assertThat(rig.pipeline.statistics().journalForces()).isEqualTo(rig.journal.writer().forces());
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void i4_shouldReleaseEffectsAtThePipelinesLevelAndNotBefore(Durability level) {
    Rig rig = rig(level, SyncPolicy.every(Duration.ofSeconds(1)));
    rig.submit(Durability.ACCEPTED, Entry.insert(1, 1));
    rig.submit(Durability.ACCEPTED);
    rig.decide();
    assertThat(released).isEmpty();
    rig.pipeline.commitStage().step();
    boolean needsForce = level.implies(Durability.SYNCED);
    assertThat(released).hasSize(needsForce ? 0 : 2);
    rig.clock.advance(Duration.ofSeconds(1));
    rig.commit();
    assertThat(released).hasSize(level == Durability.APPLIED ? 0 : 2);
    rig.life.plumbing().flushAlarm.hurry(1);
    rig.settle();
    assertThat(released).containsExactly(1L, 1L);
  }

  @Test
  void shouldAnswerAppendedWithoutTheForceThatOthersNeed() {
    Rig rig = rig(Durability.SYNCED, SyncPolicy.everyBatch());
    rig.submit(Durability.SYNCED, Entry.insert(0, 0));
    rig.settle();
    released.clear();
    Heard appended = rig.submit(Durability.APPENDED, Entry.insert(1, 1));
    Heard synced = rig.submit(Durability.SYNCED, Entry.insert(2, 2));
    rig.segments.faults().failNextForce();
    rig.settle();
    assertThat(appended.success()).isTrue();
    assertThat(synced.failure()).isInstanceOf(BufferFailedException.class);
    assertThat(released).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void i6_shouldPoisonOnAFailedForceAndRecoverByReopening(Kind kind) {
    Rig rig = rig(Durability.SYNCED, SyncPolicy.everyBatch());
    Heard kept = rig.submit(Durability.SYNCED, Entry.insert(1, 1));
    rig.settle();
    Heard waiting = new Heard();
    rig.pipeline.whenDurable(3, Durability.APPLIED, waiting);
    rig.segments.faults().failNth(1, Extent.ONCE, kind, EnumSet.of(Operation.FORCE));
    Heard lost = rig.submit(Durability.SYNCED, Entry.insert(2, 2));
    Heard behind = rig.submit(Durability.SYNCED, Entry.insert(3, 3));
    rig.settle();
    assertThat(kept.success()).isTrue();
    Throwable first = rig.pipeline.failure().orElseThrow();
    for (Heard heard : List.of(lost, behind, waiting)) {
      assertThat(heard.failure()).isInstanceOf(BufferFailedException.class).hasCause(first);
      assertThat(heard.times()).isEqualTo(1);
    }
    assertThat(released).containsExactly(1L);
    assertThatThrownBy(() -> rig.pipeline.publish(List.of()))
        .isInstanceOf(BufferFailedException.class)
        .hasCause(first);
    rig.segments.faults().heal();
    rig.settle();
    assertThat(rig.pipeline.progress().synced()).isEqualTo(1);
    assertThat(rig.afterPowerCut(5).store.rows()).containsEntry(1L, 1L);
  }

  @Test
  void i6_shouldPoisonWhenAnEffectThrows() {
    Rig rig = rig(Durability.SYNCED, SyncPolicy.everyBatch());
    rig.submit(Durability.SYNCED, Entry.insert(1, -1));
    rig.submit(Durability.SYNCED, Entry.insert(2, 2));
    rig.settle();
    assertThat(rig.pipeline.failure().orElseThrow()).hasMessage("a bug in an effect");
    assertThat(released).isEmpty();
  }

  @Test
  void r25_shouldForceAtOnceForWhoeverAsksForSynced() {
    Rig rig = rig(Durability.SYNCED, SyncPolicy.every(Duration.ofSeconds(1)));
    Heard appended = rig.submit(Durability.APPENDED, Entry.insert(1, 1));
    rig.settle();
    assertThat(appended.success()).isTrue();
    assertThat(rig.pipeline.progress().synced()).isZero();
    Heard barrier = new Heard();
    rig.pipeline.whenDurable(1, Durability.SYNCED, barrier);
    rig.settle();
    assertThat(barrier.success()).isTrue();
    Heard synced = rig.submit(Durability.SYNCED, Entry.insert(2, 2));
    rig.settle();
    assertThat(synced.success()).isTrue();
  }

  @Test
  void shouldForceWhatNobodyWaitsForWithTheNextBatch() {
    Rig rig = rig(Durability.SYNCED, SyncPolicy.everyBatch());
    rig.submit(Durability.SYNCED, Entry.insert(0, 0));
    rig.settle();
    long before = rig.journal.writer().forces();
    Heard quiet = rig.submit(Durability.APPENDED, Entry.insert(1, QUIET));
    rig.settle();
    assertThat(quiet.success()).isTrue();
    assertThat(rig.journal.writer().forces()).isEqualTo(before);
    rig.submit(Durability.ACCEPTED, Entry.insert(2, 2));
    rig.settle();
    assertThat(rig.journal.writer().forces()).isEqualTo(before + 1);
    assertThat(rig.pipeline.progress().synced()).isEqualTo(3);
    assertThat(released).containsExactly(1L, 3L);
  }

  @Test
  void shouldForceWhatNobodyWaitsForAfterAMillisecond() {
    Rig rig = rig(Durability.SYNCED, SyncPolicy.everyBatch());
    rig.submit(Durability.APPENDED, Entry.insert(1, QUIET));
    rig.settle();
    long left = rig.pipeline.commitStage().idle();
    assertThat(left).isEqualTo(Duration.ofMillis(1).toNanos());
    assertThat(rig.pipeline.progress().synced()).isZero();
    rig.clock.advanceNanos(left);
    rig.commit();
    assertThat(rig.pipeline.progress().synced()).isEqualTo(1);
  }

  @Test
  void shouldForceAfterTheIntervalByItself() {
    Rig rig = rig(Durability.SYNCED, SyncPolicy.every(Duration.ofMillis(100)));
    rig.submit(Durability.APPENDED, Entry.insert(1, 1));
    rig.settle();
    long left = rig.pipeline.commitStage().idle();
    assertThat(left).isEqualTo(Duration.ofMillis(100).toNanos());
    assertThat(rig.pipeline.progress().synced()).isZero();
    rig.clock.advanceNanos(left);
    rig.commit();
    assertThat(rig.pipeline.progress().synced()).isEqualTo(1);
  }

  @Test
  void shouldRefuseSyncedWhereNothingIsForced() {
    Rig rig = rig(Durability.APPENDED, SyncPolicy.never());
    assertThatThrownBy(() -> rig.submit(Durability.SYNCED, Entry.insert(1, 1)))
        .isInstanceOf(UnreachableDurabilityException.class)
        .hasMessageContaining("syncPolicy=never");
    assertThatThrownBy(() -> rig.pipeline.whenDurable(1, Durability.SYNCED, new Heard()))
        .isInstanceOf(UnreachableDurabilityException.class);
  }

  @Test
  void i2_shouldForceBeforeTheStoreCommitsWhereNothingElseForces() {
    Rig rig = rig(Durability.APPENDED, SyncPolicy.never());
    rig.submit(Durability.APPENDED, Entry.insert(1, 1));
    rig.settle();
    Heard applied = new Heard();
    rig.pipeline.whenDurable(1, Durability.APPLIED, applied);
    assertThat(rig.pipeline.progress().synced()).isZero();
    rig.flush();
    assertThat(rig.store.rows()).as("before the force").isEmpty();
    rig.commit();
    assertThat(rig.pipeline.progress().synced()).isEqualTo(1);
    rig.flush();
    assertThat(rig.store.rows()).containsEntry(1L, 1L);
    assertThat(applied.success()).isTrue();
  }

  @Test
  void r4_shouldMarkWhatIsSyncedOnceItIsQuiet() {
    Rig rig = rig(Durability.SYNCED, SyncPolicy.everyBatch());
    rig.submit(Durability.SYNCED, Entry.insert(1, 1));
    rig.settle();
    rig.commit();
    assertThat(rig.afterMark(Duration.ofMillis(49)).journal.report().copiedRecords()).isEqualTo(1);
  }

  @Test
  void r4_shouldNeedNoCopyOnceTheMarkIsThere() {
    Rig rig = rig(Durability.SYNCED, SyncPolicy.everyBatch());
    rig.submit(Durability.SYNCED, Entry.insert(1, 1));
    rig.settle();
    rig.commit();
    assertThat(rig.afterMark(Duration.ofMillis(50)).journal.report().copiedRecords()).isZero();
  }

  @Test
  void i9_shouldCutABatchByItsBytes() {
    Rig rig =
        Rig.stepped(options -> options.commitBatchBytesMax(4 << 10).clientBytes(1 << 20), letsOut);
    for (int i = 0; i < 6; i++) {
      rig.submit(Durability.SYNCED, Entry.large(i, i, 3_000));
    }
    rig.decide();
    rig.pipeline.commitStage().step();
    assertThat(rig.pipeline.progress().synced()).isEqualTo(2);
    rig.settle();
    assertThat(rig.pipeline.progress().synced()).isEqualTo(6);
    assertThat(released).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }
}
