package io.millrace.engine.internal.decide;

import static io.millrace.engine.internal.decide.DecideBench.CODE;
import static io.millrace.engine.internal.decide.DecideBench.call;
import static io.millrace.engine.internal.decide.DecideBench.completed;
import static io.millrace.engine.internal.decide.DecideBench.payload;
import static io.millrace.engine.internal.decide.DecideBench.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.Pressure;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.CommandRefusedException.Reason;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.IfExists;
import io.millrace.engine.Orchestration;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.Wake;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.RowMutation;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class EngineDeciderTest {

  private static final Wake BOTH =
      new Wake.All(List.of(new Wake.Completion(1), new Wake.Completion(2)), true);

  @Test
  void shouldRunThroughWhenActivitiesComplete() throws Exception {
    DecideBench bench = new DecideBench();
    assertThat(bench.start("one").created()).isTrue();
    bench.turn(waiting(BOTH, call("a"), call("b")));
    bench.pipeline.sync();
    bench.succeed(bench.activities.remove(), "A");
    assertThat(bench.turns).as("nothing to do for a turn yet (R22)").isEmpty();
    bench.succeed(bench.activities.remove(), "B");
    assertThat(bench.turns.element().turn().messages()).hasSize(2);
    bench.turn(completed("done"));
    assertThat(bench.ended).as("not durable yet (I4)").isEmpty();
    bench.pipeline.flush();
    assertThat(bench.ended).hasSize(1);
    assertThat(bench.stored("one").status()).isEqualTo(InstanceStatus.COMPLETED);
    assertThat(bench.stored("one").output()).isEqualTo(payload("done"));
    assertThat(bench.stored("one").events()).isEqualTo(6);
    assertThat(bench.row("one")).as("left memory once applied (R18)").isNull();
    try (OrchestrationReader reader = bench.store.read()) {
      long number = bench.stored("one").number();
      assertThat(reader.tasks(number)).isEmpty();
      assertThat(reader.inbox(number)).isEmpty();
      assertThat(reader.history(number, 1, 1, 10)).hasSize(2);
    }
  }

  @Test
  void r15_shouldChangeNothingWhenOnlyDeciding() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    TurnWork work = bench.turns.element();
    bench.pipeline.recordsOfAtMost(2);
    List<RowMutation> record = bench.complete(work, waiting(BOTH, call("a"), call("b")));
    assertThat(record).as("the large record left no trace but the quarantine").hasSize(1);
    assertThat(Objects.requireNonNull(bench.row("one")).status())
        .isEqualTo(InstanceStatus.QUARANTINED);
    assertThat(Objects.requireNonNull(bench.row("one")).failure())
        .isInstanceOf(Failure.LimitExceeded.class);
    bench.pipeline.sync();
    assertThat(bench.activities).isEmpty();
  }

  @Test
  void i4_shouldStartNoActivityWhenItsTurnIsNotDurable() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(waiting(BOTH, call("a"), call("b")));
    assertThat(bench.activities).isEmpty();
    bench.pipeline.sync();
    assertThat(bench.activities).hasSize(2);
  }

  @Test
  void c1b_shouldReturnTheInstanceWhenStartedTwice() throws Exception {
    DecideBench bench = new DecideBench();
    InstanceView first = Objects.requireNonNull(bench.start("one").view());
    StartInstance again = bench.start("one");
    assertThat(again.created()).isFalse();
    assertThat(again.view()).isSameAs(first);
    bench.start("one", CODE, IfExists.REFUSE);
    assertThat(reasons(bench)).containsExactly(Reason.INSTANCE_EXISTS);
  }

  @Test
  void c1c_shouldRefuseWhenTheIdBelongsToAnotherOrchestration() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    var other =
        new OrchestrationCode<>(
            Orchestration.named("other", String.class, String.class), (context, input) -> input);
    bench.start("one", other, IfExists.RETURN);
    assertThat(reasons(bench)).containsExactly(Reason.OTHER_ORCHESTRATION);
  }

  @Test
  void c1b_shouldLookIntoTheStoreWhenTheIdHasLeftMemory() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(completed("done"));
    bench.pipeline.flush();
    StartInstance again = bench.start("one");
    assertThat(bench.loads).hasSize(1);
    bench.load();
    assertThat(again.created()).isFalse();
    assertThat(Objects.requireNonNull(again.stored()).output()).isEqualTo(payload("done"));
  }

  @Test
  void r19_shouldKeepAnInstanceInMemoryWhileItsIdIsLookedUp() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(completed("done"));
    bench.pipeline.flush();
    bench.pipeline.forget(bench.stored("one").key());
    StartInstance first = bench.start("one");
    StartInstance second = bench.start("one");
    assertThat(bench.loads).as("one load of an id at a time").hasSize(1);
    bench.stored.answer(List.of(bench.loads.remove())).forEach(bench.pipeline::decide);
    bench.pipeline.decide(bench.resumed.remove());
    assertThat(first.created()).isTrue();
    bench.turn(completed("again"));
    bench.pipeline.sync();
    bench.pipeline.flush();
    assertThat(bench.row("one")).as("kept for the second that waits").isNotNull();
    bench.load();
    assertThat(second.created()).isFalse();
    bench.pipeline.sync();
    assertThat(bench.row("one")).isNull();
  }

  @Test
  void c4a_shouldChangeNothingWhenACompletionComesTwice() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(waiting(BOTH, call("a"), call("b")));
    bench.pipeline.sync();
    ActivityWork work = bench.activities.remove();
    assertThat(bench.succeed(work, "first")).hasSize(2);
    assertThat(bench.succeed(work, "second")).isEmpty();
    assertThat(bench.counters.lateCompletions).isEqualTo(1);
  }

  @Test
  void r13_shouldRefuseALateCompletionWhenTheInstanceHasEnded() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(waiting(BOTH, call("a"), call("b")));
    bench.pipeline.sync();
    bench.terminate("one", "enough");
    assertThat(bench.succeed(bench.activities.remove(), "A")).isEmpty();
    bench.pipeline.flush();
    assertThat(bench.succeed(bench.activities.remove(), "B")).isEmpty();
  }

  @Test
  void c2c_shouldRefuseATurnWhenItIsNotTheRunningOne() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    TurnWork work = bench.turns.remove();
    bench.complete(work, waiting(new Wake.Raised("go", 1)));
    bench.raise("one", "go");
    assertThat(bench.complete(work, completed("forged"))).isEmpty();
    assertThat(bench.turns).as("the right one still runs").hasSize(1);
  }

  @Test
  void c3a_shouldKeepMessagesForTheNextTurnWhenOneRuns() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.raise("one", "go");
    assertThat(bench.turns).hasSize(1);
    bench.turn(waiting(new Wake.Raised("go", 1), new HistoryEvent.EventAwaited("go")));
    assertThat(bench.turns.element().turn().messages())
        .singleElement()
        .isInstanceOf(HistoryEvent.EventRaised.class);
  }

  @Test
  void c5a_shouldRefuseAnEventWhenNobodyCanTakeIt() throws Exception {
    DecideBench bench = new DecideBench();
    bench.raise("nobody", "go");
    bench.start("one");
    bench.turn(completed("done"));
    bench.raise("one", "go");
    assertThat(reasons(bench)).containsExactly(Reason.UNKNOWN_INSTANCE, Reason.INSTANCE_FINISHED);
  }

  @Test
  void c12f_shouldRefuseAnEventWhenTooManyAreUnread() throws Exception {
    DecideBench bench = new DecideBench(EngineLimits.defaults().withBufferedEventsMax(2));
    bench.start("one");
    bench.raise("one", "a");
    bench.raise("one", "a");
    bench.raise("one", "a");
    assertThat(reasons(bench)).containsExactly(Reason.LIMIT);
    bench.turn(waiting(new Wake.Raised("a", 9), new HistoryEvent.EventAwaited("a")));
    assertThat(bench.raise("one", "a")).as("one was read").isNotEmpty();
  }

  @Test
  void c16g_shouldTellActivitiesOnceWhenCancelled() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(waiting(BOTH, call("a"), call("b")));
    bench.pipeline.sync();
    assertThat(bench.cancel("one", "too late")).hasSize(1);
    assertThat(bench.told).as("not durable yet").isEmpty();
    bench.pipeline.sync();
    assertThat(bench.told).hasSize(2).allMatch(work -> "too late".equals(work.cancelReason()));
    assertThat(bench.turns).as("a cancel always wakes").hasSize(1);
    assertThat(bench.cancel("one", "again")).as("idempotent").isEmpty();
    bench.turn(new TurnOutcome.Cancelled(List.of(), "too late"));
    bench.pipeline.flush();
    assertThat(bench.stored("one").status()).isEqualTo(InstanceStatus.CANCELLED);
    assertThat(bench.told).as("dropped at the end").hasSize(4).allMatch(ActivityWork::isDropped);
  }

  @Test
  void c15d_shouldDropWhatATurnCancels() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(
        waiting(
            new Wake.Any(List.of(new Wake.Completion(1), new Wake.Completion(2))),
            call("a"),
            new HistoryEvent.TimerCreated(5_000)));
    bench.pipeline.sync();
    assertThat(bench.timers).hasSize(1);
    bench.fire(bench.timers.get(0));
    bench.turn(waiting(new Wake.Raised("x", 1), new HistoryEvent.ActionCancelled(1)));
    bench.pipeline.sync();
    assertThat(bench.told).singleElement().matches(ActivityWork::isDropped);
    assertThat(bench.succeed(bench.activities.remove(), "late")).isEmpty();
  }

  @Test
  void shouldQuarantineAndGoOnWithOthersWhenATurnCannotGoOn() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("bad");
    bench.start("good");
    bench.turn(new TurnOutcome.Quarantined(new QuarantineCause.UnusableCode("does not fit", null)));
    bench.turn(completed("fine"));
    bench.raise("bad", "x");
    assertThat(bench.turns).as("set aside").isEmpty();
    bench.pipeline.flush();
    assertThat(bench.stored("bad").status()).isEqualTo(InstanceStatus.QUARANTINED);
    assertThat(bench.stored("good").status()).isEqualTo(InstanceStatus.COMPLETED);
    assertThat(bench.reports).singleElement().asString().contains("id=bad", "does not fit");
  }

  @Test
  void c20j_shouldTryAQuarantinedInstanceOnceWhenReopened() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("bad");
    bench.turn(new TurnOutcome.Quarantined(new QuarantineCause.UnusableCode("does not fit", null)));
    bench.pipeline.flush();
    DecideBench next = bench.reopened();
    assertThat(next.turns).hasSize(1);
    next.turn(completed("mended"));
    next.pipeline.flush();
    assertThat(next.stored("bad").status()).isEqualTo(InstanceStatus.COMPLETED);
    assertThat(next.stored("bad").failure()).isNull();
  }

  @Test
  void c20k_shouldTryAgainWhenReleased() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("bad");
    bench.release("bad");
    assertThat(reasons(bench)).containsExactly(Reason.NOT_QUARANTINED);
    TurnOutcome unusable =
        new TurnOutcome.Quarantined(new QuarantineCause.UnusableCode("does not fit", null));
    bench.turn(unusable);
    bench.release("bad");
    assertThat(bench.turn(unusable)).as("the same cause is not written twice").isEmpty();
    bench.release("bad");
    bench.turn(completed("mended"));
    bench.pipeline.flush();
    assertThat(bench.stored("bad").status()).isEqualTo(InstanceStatus.COMPLETED);
  }

  @Test
  void c21c_shouldSetAsideWhatCannotBeReadAndOpenTheRest() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("good");
    bench.start("bad");
    bench.turn(waiting(BOTH, call("a"), call("b")));
    bench.turn(waiting(BOTH, call("a"), call("b")));
    bench.pipeline.flush();
    bench.pipeline.forgetHistory(bench.stored("bad").number());
    DecideBench next = bench.reopened();
    next.unreadable.forEach(next.pipeline::decide);
    next.pipeline.flush();
    assertThat(next.stored("bad").status()).isEqualTo(InstanceStatus.QUARANTINED);
    assertThat(String.valueOf(next.stored("bad").failure())).contains("history");
    next.release("bad");
    assertThat(reasons(next)).containsExactly(Reason.NOT_QUARANTINED);
    assertThat(next.activities).as("those of the good one").hasSize(2);
    next.terminate("bad", "beyond repair");
    next.pipeline.flush();
    assertThat(next.stored("bad").status()).isEqualTo(InstanceStatus.TERMINATED);
  }

  @Test
  void shouldGoOnWhereItStoodWhenReopened() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(waiting(BOTH, call("a"), call("b"), new HistoryEvent.TimerCreated(9_000)));
    bench.pipeline.sync();
    bench.succeed(bench.activities.remove(), "A");
    bench.pipeline.flush();
    DecideBench next = bench.reopened();
    assertThat(next.activities).hasSize(1);
    assertThat(next.activities.element().input()).isEqualTo(payload("b"));
    assertThat(next.timers).hasSize(1);
    next.turn(waiting(new Wake.Completion(2)));
    next.succeed(next.activities.remove(), "B");
    next.turn(completed("done"));
    next.pipeline.flush();
    assertThat(next.stored("one").status()).isEqualTo(InstanceStatus.COMPLETED);
    assertThat(next.stored("one").events()).isEqualTo(7);
  }

  @Test
  void r13_shouldNeverDrawANumberTwiceWhenReopened() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.pipeline.flush();
    DecideBench next = bench.reopened();
    next.start("two");
    next.pipeline.flush();
    assertThat(next.stored("two").number()).isGreaterThan(next.stored("one").number() + 1_000);
  }

  @Test
  void c19b_shouldWaitAndSayItWhenTheCodeIsNotRegistered() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.pipeline.flush();
    DecideBench without = new DecideBench(bench.store, 7, EngineLimits.defaults(), false);
    assertThat(without.turns).isEmpty();
    assertThat(without.reports).singleElement().asString().contains("shop", "id=one");
    assertThat(without.counters.waitingForCode).isEqualTo(1);
    DecideBench with = new DecideBench(bench.store, 8, EngineLimits.defaults(), true);
    assertThat(with.turns).hasSize(1);
  }

  @Test
  void c16g_shouldTellActivitiesAgainWhenReopenedAfterACancel() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(waiting(BOTH, call("a"), call("b")));
    bench.cancel("one", "stop");
    bench.pipeline.flush();
    DecideBench next = bench.reopened();
    assertThat(next.activities).hasSize(2).allMatch(work -> work.cancelReason() != null);
  }

  @Test
  void r24_shouldHoldTurnsAndActivitiesWhenUnderPressure() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.pipeline.endOfBatch(Pressure.RELEASES_HELD);
    bench.start("two");
    bench.turn(waiting(BOTH, call("a"), call("b")));
    assertThat(bench.turns).as("the turn of two is held").isEmpty();
    bench.pipeline.syncUnder(Pressure.RELEASES_HELD);
    assertThat(bench.activities).isEmpty();
    bench.pipeline.endOfBatch(Pressure.NONE);
    assertThat(bench.activities).hasSize(2);
    assertThat(bench.turns).hasSize(1);
  }

  @Test
  void r21_shouldNotGoBackInTimeWhenTheClockDoes() throws Exception {
    DecideBench bench = new DecideBench();
    bench.now = 10_000;
    bench.start("one");
    bench.now = 4_000;
    bench.turn(waiting(new Wake.Raised("go", 1)));
    bench.raise("one", "go");
    assertThat(bench.turns.element().turn().atMillis()).isEqualTo(10_000);
    assertThat(Objects.requireNonNull(bench.row("one")).updatedAtMillis()).isEqualTo(10_000);
  }

  @Test
  void r22_shouldRunATurnWhenTooManyMessagesWait() throws Exception {
    DecideBench bench = new DecideBench(EngineLimits.defaults().withTurnMessagesMax(3));
    bench.start("one");
    bench.turn(waiting(new Wake.Raised("never", 1)));
    bench.raise("one", "x");
    bench.raise("one", "x");
    assertThat(bench.turns).isEmpty();
    bench.raise("one", "x");
    assertThat(bench.turns.element().turn().messages()).hasSize(3);
  }

  @Test
  void shouldNameTheLimitWhenATurnAsksForTooMuch() throws Exception {
    DecideBench bench = new DecideBench(EngineLimits.defaults().withTurnActionsMax(1));
    bench.start("one");
    bench.turn(waiting(BOTH, call("a"), call("b")));
    assertThat(Objects.requireNonNull(bench.row("one")).failure())
        .isInstanceOfSatisfying(
            Failure.LimitExceeded.class,
            excess -> {
              assertThat(excess.limit()).isEqualTo("turnActionsMax");
              assertThat(excess.message()).contains("2", "turnActionsMax=1");
            });
  }

  @Test
  void shouldTakeNoMoreThanFitsWhenMessagesAreLarge() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(waiting(new Wake.Raised("x".repeat(120), 9)));
    for (int i = 0; i < 9; i++) {
      bench.raise("one", "x".repeat(120));
    }
    assertThat(bench.turns.element().turn().messages()).hasSizeBetween(1, 8);
    bench.turn(waiting(new Wake.Raised("x".repeat(120), 1)));
    assertThat(bench.turns).as("the rest at once").hasSize(1);
  }

  @Test
  void shouldEmptyTheInboxWhenTheInstanceEnds() throws Exception {
    DecideBench bench =
        new DecideBench(new MemoryOrchestrationStore(), 1, EngineLimits.defaults(), true);
    bench.start("one");
    bench.raise("one", "unread");
    bench.turn(completed("done"));
    bench.pipeline.flush();
    try (OrchestrationReader reader = bench.store.read()) {
      assertThat(reader.inbox(bench.stored("one").number())).isEmpty();
    }
  }

  private static List<Reason> reasons(DecideBench bench) {
    return bench.refusals.stream()
        .map(refusal -> ((CommandRefusedException) refusal).reason())
        .toList();
  }
}
