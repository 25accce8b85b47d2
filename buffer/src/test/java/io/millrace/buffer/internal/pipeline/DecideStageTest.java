package io.millrace.buffer.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.BufferFailedException;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Durability;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.Progress;
import io.millrace.buffer.testing.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecideStageTest {

  /** Notes every call; behaves as the first entry's value says. */
  private static final class Noting implements Decider<List<Entry>, Entry> {

    static final long REFUSE = -1;
    static final long FAIL_IN_DECIDE = -2;
    static final long FAIL_IN_DECIDED = -3;
    static final long REFUSE_AND_CHANGE = -4;
    static final long DEFER_ONCE = -5;
    static final long DEFER_AND_CHANGE = -6;

    final List<String> calls = new ArrayList<>();
    final List<Pressure> pressures = new ArrayList<>();
    final List<List<Entry>> deferred = new ArrayList<>();
    boolean insists;

    @Override
    public void decide(List<Entry> entries, Decision<Entry> decision) {
      calls.add("decide " + decision.mutations().size());
      long what = entries.isEmpty() ? 0 : entries.get(0).value();
      if (what == FAIL_IN_DECIDE) {
        throw new IllegalStateException("a bug in decide");
      }
      if (what == REFUSE || what == REFUSE_AND_CHANGE) {
        decision.refuse(new IllegalArgumentException("refused"));
      }
      if (what == DEFER_AND_CHANGE || (what == DEFER_ONCE && !deferred.contains(entries))) {
        decision.defer();
      }
      if (what != REFUSE && !(what == DEFER_ONCE && decision.isDeferred())) {
        entries.forEach(decision::mutate);
      }
    }

    @Override
    public void decided(List<Entry> entries, Decision<Entry> decision) {
      calls.add("decided " + decision.position());
      if (decision.isDeferred()) {
        deferred.add(entries);
      }
      if (!entries.isEmpty() && entries.get(0).value() == FAIL_IN_DECIDED) {
        throw new IllegalStateException("a bug in decided");
      }
    }

    @Override
    public void decideTooLarge(
        List<Entry> entries, long bytes, long limit, Decision<Entry> decision) {
      calls.add("too large " + decision.mutations().size());
      if (insists) {
        entries.forEach(decision::mutate);
      } else {
        decision.mutate(Entry.update(99, limit));
      }
    }

    @Override
    public void endOfBatch(Progress progress, Pressure pressure) {
      pressures.add(pressure);
    }
  }

  private final Noting noting = new Noting();
  private final Rig rig = Rig.stepped(options -> options, noting);

  @Test
  void r15_shouldDecideThenCheckThenChange() {
    rig.submit(Durability.SYNCED, Entry.insert(1, 1));
    rig.submit(Durability.SYNCED, Entry.insert(2, Noting.REFUSE));
    rig.submit(Durability.SYNCED, Entry.insert(3, 3));
    rig.decide();
    assertThat(noting.calls)
        .containsExactly("decide 0", "decided 1", "decide 0", "decided 1", "decide 0", "decided 2");
    assertThat(rig.pipeline.progress().decided()).isEqualTo(2);
    assertThat(rig.pipeline.progress().appended()).isZero();
  }

  @Test
  void r15_shouldAskAgainForSomethingSmaller() {
    Heard heard = rig.submit(Durability.SYNCED, Entry.large(1, 1, 8 << 10));
    rig.settle();
    assertThat(noting.calls).containsExactly("decide 0", "too large 0", "decided 1");
    assertThat(heard.success()).isTrue();
    rig.life.plumbing().flushAlarm.hurry(1);
    rig.settle();
    assertThat(rig.store.rows()).containsOnlyKeys(99L);
  }

  @Test
  void r15_shouldPoisonWhenTheSecondDecisionIsTooLargeToo() {
    noting.insists = true;
    Heard heard = rig.submit(Durability.SYNCED, Entry.large(1, 1, 8 << 10));
    rig.settle();
    assertThat(heard.failure())
        .isInstanceOf(BufferFailedException.class)
        .hasMessageContaining("recordBytesMax=8192");
  }

  @Test
  void r15_shouldPoisonWhenTheDeciderThrows() {
    for (long what :
        List.of(Noting.FAIL_IN_DECIDE, Noting.FAIL_IN_DECIDED, Noting.REFUSE_AND_CHANGE)) {
      Rig broken = Rig.stepped(options -> options, new Noting());
      Heard before = broken.submit(Durability.SYNCED, Entry.insert(1, 1));
      broken.settle();
      Heard first = broken.submit(Durability.SYNCED, Entry.insert(2, what));
      Heard second = broken.submit(Durability.ACCEPTED, Entry.insert(3, 3));
      broken.settle();
      assertThat(before.success()).isTrue();
      assertThat(first.failure()).isInstanceOf(BufferFailedException.class);
      assertThat(second.failure()).isInstanceOf(BufferFailedException.class);
      assertThatThrownBy(() -> broken.submit(Durability.SYNCED, Entry.insert(4, 4)))
          .isInstanceOf(BufferFailedException.class)
          .hasCause(broken.pipeline.failure().orElseThrow());
      assertThat(broken.pipeline.progress().appended()).isEqualTo(1);
    }
  }

  @Test
  void r16_shouldLetAnAnswerWithoutARecordWaitForWhatWasBeforeIt() {
    rig.submit(Durability.SYNCED, Entry.insert(1, 1));
    Heard refusal = rig.submit(Durability.SYNCED, Entry.insert(2, Noting.REFUSE));
    Heard nothing = rig.submit(Durability.APPLIED);
    rig.decide();
    assertThat(refusal.nothing()).isTrue();
    rig.commit();
    assertThat(refusal.failure()).isInstanceOf(IllegalArgumentException.class);
    assertThat(nothing.nothing()).isTrue();
    rig.flush();
    assertThat(nothing.position()).isEqualTo(1);
  }

  @Test
  void shouldAnswerAcceptedAtTheDecision() {
    Heard accepted = rig.submit(Durability.ACCEPTED, Entry.insert(1, 1));
    Heard refused = rig.submit(Durability.ACCEPTED, Entry.insert(2, Noting.REFUSE));
    assertThat(accepted.nothing()).isTrue();
    rig.decide();
    assertThat(accepted.position()).isEqualTo(1);
    assertThat(refused.failure()).isInstanceOf(IllegalArgumentException.class);
    rig.settle();
    assertThat(accepted.times()).isEqualTo(1);
  }

  @Test
  void r24_shouldReturnPermitsAtTheDecision() {
    for (int i = 0; i < 32; i++) {
      rig.submit(Durability.SYNCED, Entry.insert(i, 1));
    }
    assertThatThrownBy(() -> rig.submit(Durability.SYNCED, Entry.insert(99, 1)))
        .isInstanceOf(BackpressureException.class)
        .hasMessageContaining("clientPermits=32");
    rig.decide();
    assertThat(rig.life.plumbing().permits.commandsInUse()).isZero();
    rig.submit(Durability.SYNCED, Entry.insert(99, 1));
  }

  @Test
  void r24_shouldKeepThePermitWhenTheCommandIsDeferred() {
    Heard late = rig.submit(Durability.SYNCED, Entry.insert(1, Noting.DEFER_ONCE));
    Heard other = rig.submit(Durability.SYNCED, Entry.insert(2, 2));
    rig.settle();
    assertThat(late.nothing()).isTrue();
    assertThat(other.position()).as("goes on meanwhile").isEqualTo(1);
    assertThat(rig.life.plumbing().permits.commandsInUse()).isEqualTo(1);
    rig.pipeline.resume(noting.deferred.get(0));
    rig.settle();
    assertThat(late.position()).isEqualTo(2);
    assertThat(rig.life.plumbing().permits.commandsInUse()).isZero();
    rig.pipeline.resume(noting.deferred.get(0));
    rig.settle();
    assertThat(late.times()).as("once only for each deferral").isEqualTo(1);
  }

  @Test
  void r29_shouldFailADeferredCommandWhenThePipelineEnds() {
    Heard closed = rig.submit(Durability.SYNCED, Entry.insert(1, Noting.DEFER_ONCE));
    rig.settle();
    rig.pipeline.close();
    assertThat(closed.failure()).isInstanceOf(BufferClosedException.class);
    rig.pipeline.resume(noting.deferred.get(0));
    assertThat(closed.times()).isEqualTo(1);
    Rig broken = Rig.stepped(options -> options, new Noting());
    Heard failed = broken.submit(Durability.ACCEPTED, Entry.insert(1, Noting.DEFER_ONCE));
    broken.settle();
    assertThat(failed.nothing()).isTrue();
    broken.submit(Durability.SYNCED, Entry.insert(2, Noting.DEFER_AND_CHANGE));
    broken.settle();
    assertThat(failed.failure()).isInstanceOf(BufferFailedException.class);
    assertThat(failed.times()).isEqualTo(1);
  }

  @Test
  void r24_shouldTellTheDeciderOfThePressure() {
    try (Rig pressed =
        Rig.stepped(options -> options.lagBytesMax(64 << 10).lagBytesHard(128 << 10), noting)) {
      for (int i = 0; i < 20; i++) {
        pressed.pipeline.publish(List.of(Entry.large(i, i, 8_000)));
        pressed.decide();
        pressed.commit();
      }
    }
    assertThat(noting.pressures)
        .contains(Pressure.NONE, Pressure.CLIENTS_HELD, Pressure.RELEASES_HELD)
        .isSortedAccordingTo(Pressure::compareTo);
  }

  @Test
  void shouldRefuseABadCommand() {
    assertThatThrownBy(() -> rig.pipeline.submit(List.of(), -1, Durability.SYNCED, new Heard()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
