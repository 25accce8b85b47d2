package io.millrace.engine.internal.decide;

import static io.millrace.engine.internal.decide.DecideBench.call;
import static io.millrace.engine.internal.decide.DecideBench.completed;
import static io.millrace.engine.internal.decide.DecideBench.payload;
import static io.millrace.engine.internal.decide.DecideBench.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.Wake;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.payload.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Children and continue-as-new, record by record. */
final class TreeDeciderTest {

  private static final Wake CHILD = new Wake.Completion(1);
  private static final Wake GO = new Wake.Raised("go", 1);

  private static HistoryEvent.ChildScheduled child(String id) {
    return new HistoryEvent.ChildScheduled("shop", "1", id, payload(id), false);
  }

  private static HistoryEvent.ChildScheduled detached(String id) {
    return new HistoryEvent.ChildScheduled("shop", "1", id, payload(id), true);
  }

  private static DecideBench withChild() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("p");
    bench.turn(waiting(CHILD, child("c")));
    return bench;
  }

  private static List<HistoryEvent> messages(TurnWork work) {
    return List.copyOf(work.turn().messages());
  }

  private static HistoryEvent onlyMessage(DecideBench bench) {
    assertThat(bench.turns).hasSize(1);
    TurnWork work = bench.turns.element();
    assertThat(work.turn().instanceId()).isEqualTo("p");
    assertThat(work.turn().messages()).hasSize(1);
    return work.turn().messages().get(0);
  }

  private static Failure.ChildFailed failureOfChild(DecideBench bench) {
    HistoryEvent.ChildFailed failed = (HistoryEvent.ChildFailed) onlyMessage(bench);
    assertThat(failed.action()).isEqualTo(1);
    return (Failure.ChildFailed) failed.failure();
  }

  private static InstanceRow row(DecideBench bench, String id) {
    return Objects.requireNonNull(bench.row(id), id);
  }

  @Test
  void c13a_shouldStartTheChildInTheRecordOfTheTurn() throws Exception {
    DecideBench bench = withChild();
    InstanceRow parent = row(bench, "p");
    InstanceRow child = row(bench, "c");
    assertThat(child.parent()).isEqualTo(parent.number());
    assertThat(child.root()).isEqualTo(parent.number());
    assertThat(child.parentExecution()).isEqualTo(1);
    assertThat(child.parentAction()).isEqualTo(1);
    assertThat(messages(bench.turns.element()))
        .containsExactly(new HistoryEvent.Started(payload("c")));
    bench.pipeline.flush();
    assertThat(bench.stored("c")).isEqualTo(child);
  }

  @Test
  void c2b_shouldCompleteATurnInOneRecord() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("p");
    bench.pipeline.flush();
    long number = bench.stored("p").number();
    List<RowMutation> record =
        bench.turn(
            waiting(
                CHILD,
                child("c"),
                call("a"),
                new HistoryEvent.TimerCreated(5_000),
                new HistoryEvent.CustomStatusSet(payload("busy"))));
    assertThat(record)
        .extracting(mutation -> ((RowKey) mutation.key()).table())
        .contains(Table.HISTORY, Table.TASKS, Table.TIMERS, Table.ATTRIBUTES, Table.INSTANCES);
    try (OrchestrationReader reader = bench.store.read()) {
      assertThat(reader.history(number, 1, 1, 10)).as("not yet applied").isEmpty();
      assertThat(reader.instanceById("c")).isNull();
    }
    bench.pipeline.flush();
    try (OrchestrationReader reader = bench.store.read()) {
      assertThat(reader.history(number, 1, 1, 10)).hasSize(1);
      assertThat(reader.tasks(number)).hasSize(1);
      assertThat(reader.timers(number)).hasSize(1);
      assertThat(reader.attributes(number)).isNotNull();
      assertThat(reader.instanceById("c")).isNotNull();
    }
  }

  @Test
  void c13b_shouldTellTheParentWhenTheChildCompletes() throws Exception {
    DecideBench bench = withChild();
    bench.turn(completed("done"));
    assertThat(onlyMessage(bench)).isEqualTo(new HistoryEvent.ChildCompleted(1, payload("done")));
  }

  @Test
  void c13c_shouldTellTheParentWhenTheChildFails() throws Exception {
    DecideBench bench = withChild();
    Failure cause = new Failure.ApplicationFailure("x.Y", "no stock", "", null);
    bench.turn(new TurnOutcome.Failed(List.of(), cause));
    assertThat(failureOfChild(bench)).isEqualTo(new Failure.ChildFailed("c", "no stock", cause));
  }

  @Test
  void c13d_shouldTellTheParentWhenTheChildIsCancelledOrTerminated() throws Exception {
    DecideBench bench = withChild();
    bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
    bench.cancel("c", "why not");
    bench.turn(new TurnOutcome.Cancelled(List.of(), "why not"));
    assertThat(failureOfChild(bench).cause()).isEqualTo(new Failure.Cancelled("why not"));

    DecideBench other = withChild();
    other.turns.clear();
    other.terminate("c", "enough");
    assertThat(failureOfChild(other).cause()).isEqualTo(new Failure.Cancelled("enough"));
  }

  @Test
  void c13e_shouldTellTheParentWhenTheChildPassesALimit() throws Exception {
    DecideBench bench = new DecideBench(EngineLimits.defaults().withTurnActionsMax(1));
    bench.start("p");
    bench.turn(waiting(CHILD, child("c")));
    bench.turn(waiting(GO, call("a"), call("b")));
    assertThat(row(bench, "c").status()).isEqualTo(InstanceStatus.FAILED);
    assertThat(failureOfChild(bench).cause()).isInstanceOf(Failure.LimitExceeded.class);
  }

  @Test
  void c13e_shouldTellTheParentWhenThereAreTooManyChildren() throws Exception {
    DecideBench bench = new DecideBench(EngineLimits.defaults().withChildrenMax(1));
    bench.start("p");
    bench.turn(waiting(new Wake.Completion(2), child("c"), child("d")));
    assertThat(bench.row("d")).isNull();
    HistoryEvent.ChildFailed failed =
        (HistoryEvent.ChildFailed) bench.turns.getLast().turn().messages().get(0);
    assertThat(failed.action()).isEqualTo(2);
    assertThat(failed.failure().message()).contains("childrenMax=1");
  }

  @Test
  void c13a_shouldTellTheParentWhenTheIdIsTaken() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("c");
    bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
    bench.start("p");
    bench.turn(waiting(CHILD, child("c")));
    assertThat(failureOfChild(bench).message()).contains("id=c", "exists");
  }

  @Test
  void c13f_shouldTellTheParentAfterReopening() throws Exception {
    DecideBench before = withChild();
    before.pipeline.flush();
    DecideBench bench = before.reopened();
    bench.turn(completed("done"));
    bench.load();
    bench.pipeline.flush();
    assertThat(onlyMessage(bench)).isEqualTo(new HistoryEvent.ChildCompleted(1, payload("done")));
  }

  @Test
  void c16f_shouldCancelChildrenAfterReopening() throws Exception {
    DecideBench before = withChild();
    before.turn(
        waiting(
            GO,
            new HistoryEvent.EventAwaited("go"),
            new HistoryEvent.CustomStatusSet(payload("waits"))));
    before.pipeline.flush();
    DecideBench bench = before.reopened();
    bench.turns.clear();
    bench.cancel("p", "stop");
    bench.load();
    assertThat(said(bench, "c").customStatus()).isEqualTo(payload("waits"));
    assertThat(bench.turns)
        .extracting(work -> work.turn().instanceId())
        .containsExactlyInAnyOrder("c", "p");
    assertThat(bench.turns)
        .allSatisfy(
            work ->
                assertThat(messages(work))
                    .containsExactly(new HistoryEvent.CancelRequested("stop")));
  }

  private static AttributesRow said(DecideBench bench, String id) {
    return Objects.requireNonNull(
        Objects.requireNonNull(Objects.requireNonNull(bench.directory.find(id)).state())
            .attributes());
  }

  @Test
  void r22_shouldVoidATurnThatRunsTooLongAndSetAsideWhenItDoesSoTooOften() throws Exception {
    DecideBench bench = new DecideBench(EngineLimits.defaults().withTurnAttemptsMax(2));
    bench.start("p");
    TurnWork first = bench.turns.remove();
    bench.pipeline.decide(new TurnOverdue(bench.now, first));
    bench.pipeline.decide(new TurnOverdue(bench.now, first));
    assertThat(row(bench, "p").turnCrashes()).isEqualTo(1);
    TurnWork second = bench.turns.remove();
    bench.complete(first, completed("late"));
    assertThat(row(bench, "p").status()).isEqualTo(InstanceStatus.RUNNING);
    assertThat(bench.reports).singleElement().asString().contains("turnTimeMax=PT1M");
    bench.pipeline.decide(new TurnOverdue(bench.now, second));
    assertThat(row(bench, "p").status()).isEqualTo(InstanceStatus.QUARANTINED);
    assertThat(Objects.requireNonNull(row(bench, "p").failure()).message())
        .contains("turnAttemptsMax=2");
    bench.release("p");
    bench.turn(completed("done"));
    assertThat(row(bench, "p").status()).isEqualTo(InstanceStatus.COMPLETED);
  }

  @Test
  void r22_shouldRunATurnWhenMessagesHaveWaitedTooLong() throws Exception {
    DecideBench bench =
        new DecideBench(EngineLimits.defaults().withMessageAgeMax(Duration.ofMillis(500)));
    bench.start("p");
    bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
    bench.raise("p", "other");
    bench.now += 499;
    bench.pipeline.sync();
    assertThat(bench.turns).isEmpty();
    bench.now += 1;
    bench.pipeline.sync();
    assertThat(messages(bench.turns.element())).containsExactly(raised("other"));
  }

  @Test
  void c13g_shouldDropTheOutcomeOfAnEarlierExecutionsChild() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("p");
    bench.turn(
        waiting(new Wake.Any(List.of(CHILD, GO)), child("c"), new HistoryEvent.EventAwaited("go")));
    TurnWork childsTurn = bench.turns.remove();
    bench.raise("p", "go");
    bench.turn(asNew("2", List.of()));
    bench.turn(waiting(CHILD, child("d")));
    bench.turns.clear();
    bench.complete(childsTurn, completed("late"));
    assertThat(bench.turns).as("c is not for this execution").isEmpty();
    assertThat(row(bench, "p").execution()).isEqualTo(2);
  }

  @Test
  void c13h_shouldLetADetachedChildOutliveItsParent() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("p");
    bench.turn(new TurnOutcome.Completed(List.of(detached("c")), payload("done")));
    InstanceRow child = row(bench, "c");
    assertThat(child.parent()).isEqualTo(row(bench, "p").number());
    assertThat(child.root()).isEqualTo(child.number());
    assertThat(child.parentAction()).isEqualTo(-1);
    bench.turn(completed("done"));
    bench.pipeline.flush();
    assertThat(bench.stored("c").status()).isEqualTo(InstanceStatus.COMPLETED);
  }

  @Test
  void c15f_shouldCancelTheChildThatIsGivenUp() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("p");
    bench.turn(waiting(GO, child("c"), new HistoryEvent.EventAwaited("go")));
    bench.turn(waiting(CHILD, call("step")));
    bench.pipeline.sync();
    bench.raise("p", "go");
    bench.turn(waiting(new Wake.Raised("other", 1), new HistoryEvent.ActionCancelled(1)));
    assertThat(bench.turns.element().turn().messages().get(0))
        .isInstanceOf(HistoryEvent.CancelRequested.class);
    bench.pipeline.sync();
    assertThat(bench.told).as("its running activity is told").hasSize(1);
  }

  @Test
  void c15i_c16f_shouldCancelChildrenWhenTheParentEndsOrIsCancelled() throws Exception {
    DecideBench bench = withChild();
    bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
    bench.cancel("p", "stop");
    assertThat(bench.turns).as("parent and child").hasSize(2);
    assertThat(messages(bench.turns.getLast()))
        .containsExactly(new HistoryEvent.CancelRequested("stop"));

    DecideBench other = withChild();
    other.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
    other.terminate("p", "stop");
    assertThat(other.turns.element().turn().instanceId()).isEqualTo("c");
    assertThat(other.turns.element().turn().messages().get(0))
        .isInstanceOf(HistoryEvent.CancelRequested.class);
  }

  @Test
  void c22d_shouldCutTheMiddleOfALongChainOfFailures() throws Exception {
    DecideBench bench = withChild();
    Failure cause = new Failure.ApplicationFailure("x.Y", "the root", "", null);
    for (int i = 0; i < 63; i++) {
      cause = new Failure.ChildFailed("level" + i, "the root", cause);
    }
    bench.turn(new TurnOutcome.Failed(List.of(), cause));
    bench.pipeline.flush();
    Failure failure = failureOfChild(bench);
    int depth = 0;
    while (failure instanceof Failure.ChildFailed link) {
      failure = link.cause();
      depth++;
    }
    assertThat(depth).isLessThan(64);
    assertThat(failure.message()).isEqualTo("the root");
  }

  private static TurnOutcome asNew(String version, List<HistoryEvent.EventRaised> carried) {
    return new TurnOutcome.ContinuedAsNew(
        List.of(), version, payload("next"), carried, Map.of("k", payload("v")));
  }

  @Test
  void c14a_shouldBeginTheNextExecution() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("p");
    bench.turn(waiting(new Wake.Completion(1), call("step")));
    bench.pipeline.sync();
    bench.raise("p", "go");
    bench.succeed(bench.activities.remove(), "A");
    bench.turn(asNew("1", List.of()));
    TurnWork next = bench.turns.element();
    assertThat(next.turn().execution()).isEqualTo(2);
    assertThat(next.turn().history()).isEmpty();
    assertThat(messages(next))
        .containsExactly(
            new HistoryEvent.Started(payload("next"), List.of(), Map.of("k", payload("v"))));
    assertThat(row(bench, "p").execution()).isEqualTo(2);
    bench.turn(completed("done"));
    bench.pipeline.flush();
    assertThat(bench.stored("p").output()).isEqualTo(payload("done"));
  }

  @Test
  void c14c_shouldCarryWhatIsUnreadInOrderAndDropNone() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("p");
    TurnWork first = bench.turns.remove();
    bench.raise("p", "two");
    bench.raise("p", "three");
    bench.cancel("p", "stop");
    bench.complete(first, asNew("1", List.of(raised("one"))));
    assertThat(messages(bench.turns.element()))
        .containsExactly(
            new HistoryEvent.Started(
                payload("next"),
                List.of(raised("one"), raised("two"), raised("three")),
                Map.of("k", payload("v"))),
            new HistoryEvent.CancelRequested("stop"));
    bench.pipeline.flush();
    DecideBench again = bench.reopened();
    assertThat(messages(again.turns.element())).isEqualTo(messages(bench.turns.element()));
  }

  private static HistoryEvent.EventRaised raised(String name) {
    return new HistoryEvent.EventRaised(name, payload(name));
  }

  @Test
  void c12f_shouldRefuseARaiseWhenTooManyBytesAreUnread() throws Exception {
    DecideBench bench = new DecideBench(EngineLimits.defaults().withBufferedEventBytesMax(100));
    bench.start("p");
    bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
    bench.raise("p", "other");
    bench.raise("p", "another");
    bench.raise("p", "more");
    assertThat(bench.refusals)
        .singleElement()
        .isInstanceOf(CommandRefusedException.class)
        .asString()
        .contains("bufferedEventBytesMax=100");
  }

  @Test
  void c18a_shouldKeepStatusAndValuesOverContinueAsNew() throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("p");
    Payload status = payload("half");
    bench.turn(
        new TurnOutcome.ContinuedAsNew(
            List.of(
                new HistoryEvent.CustomStatusSet(status),
                new HistoryEvent.KeyValueSet("k", payload("v"))),
            "1",
            payload("next"),
            List.of(),
            Map.of("k", payload("v"))));
    bench.turn(
        waiting(
            GO,
            new HistoryEvent.CustomStatusSet(status),
            new HistoryEvent.EventAwaited("go"),
            new HistoryEvent.KeyValueSet("k", null)));
    AttributesRow said = said(bench, "p");
    assertThat(said.customStatusVersion()).isEqualTo(2);
    assertThat(said.customStatus()).isEqualTo(status);
    assertThat(said.keyValues()).isEmpty();
  }

  @Test
  void c18c_shouldSetAsideWhenTheKeyValuesPassTheirLimit() throws Exception {
    DecideBench bench = new DecideBench(EngineLimits.defaults().withKeyValuesMax(1));
    bench.start("p");
    bench.turn(
        waiting(
            GO,
            new HistoryEvent.KeyValueSet("a", payload("v")),
            new HistoryEvent.KeyValueSet("b", payload("v"))));
    assertThat(Objects.requireNonNull(row(bench, "p").failure()).message())
        .contains("keyValuesMax=1");
  }

  @Test
  void shouldWarnOnceThatAHistoryGrowsLong() throws Exception {
    DecideBench bench = new DecideBench(EngineLimits.defaults().withHistoryEventsMax(8));
    bench.start("p");
    bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go"), call("a")));
    bench.raise("p", "go");
    bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
    assertThat(bench.reports).singleElement().asString().contains("continue as new", "id=p");
  }
}
