package io.millrace.engine.internal.decide;

import static io.millrace.engine.internal.decide.DecideBench.call;
import static io.millrace.engine.internal.decide.DecideBench.completed;
import static io.millrace.engine.internal.decide.DecideBench.payload;
import static io.millrace.engine.internal.decide.DecideBench.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.StoreUnreadableException;
import io.millrace.engine.internal.replay.Wake;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is in memory, who comes and who leaves, record by record. */
final class ResidencyDeciderTest {

  private static final Wake GO = new Wake.Raised("go", 1);
  private static final Wake FIRST = new Wake.Completion(1);
  private static final long DAY = 86_400_000;

  private final FragileStore store = new FragileStore();

  private DecideBench crowded() throws StoreException {
    return DecideBench.crowded(store, 1);
  }

  /** An instance that waits for an event, all of it applied, has left memory. */
  private DecideBench withOneAway() throws StoreException {
    DecideBench bench = crowded();
    bench.start("one");
    bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
    leave(bench);
    assertThat(bench.row("one")).as("has left").isNull();
    return bench;
  }

  private static void leave(DecideBench bench) throws StoreException {
    bench.pipeline.flush();
  }

  private static void sleep(DecideBench bench, String id, long atMillis) {
    bench.start(id);
    bench.turn(waiting(FIRST, new HistoryEvent.TimerCreated(atMillis)));
  }

  private static List<HistoryEvent> messages(DecideBench bench) {
    return List.copyOf(bench.turns.element().turn().messages());
  }

  @Test
  void r18_shouldKeepAnIdleInstanceWhenTheStoreHasNotAppliedAllOfIt() throws Exception {
    DecideBench bench = crowded();
    bench.start("one");
    bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
    bench.pipeline.sync();
    bench.pipeline.sync();
    bench.pipeline.sync();
    assertThat(bench.row("one")).isNotNull();
    bench.pipeline.flush();
    assertThat(bench.row("one")).isNull();
  }

  @Test
  void r18_shouldKeepABusyInstanceThoughThereAreTooMany() throws Exception {
    DecideBench bench = crowded();
    bench.start("runs");
    bench.start("works");
    TurnWork first = bench.turns.remove();
    bench.turn(waiting(FIRST, call("a")));
    leave(bench);
    assertThat(bench.row("runs")).as("a turn runs").isNotNull();
    assertThat(bench.row("works")).as("an activity is open").isNotNull();
    bench.complete(first, completed("done"));
    bench.succeed(bench.activities.remove(), "A");
    bench.turn(completed("done"));
    bench.pipeline.flush();
    assertThat(bench.stored("works").status()).isEqualTo(InstanceStatus.COMPLETED);
  }

  @Test
  void r19_shouldReadOnceAndKeepTheOrderWhenSeveralWait() throws Exception {
    DecideBench bench = withOneAway();
    bench.raise("one", "go");
    bench.raise("one", "more");
    bench.cancel("one", "why not");
    assertThat(bench.loads).as("at most one read of an id").hasSize(1);
    bench.load();
    assertThat(bench.turns).hasSize(1);
    assertThat(bench.turns.element().turn().history()).hasSize(1);
    bench.turn(waiting(GO));
    assertThat(messages(bench))
        .containsExactly(
            new HistoryEvent.EventRaised("more", payload("more")),
            new HistoryEvent.CancelRequested("why not"));
  }

  @Test
  void r19_shouldTellTheClientWhenTheStoreCannotBeRead() throws Exception {
    DecideBench bench = withOneAway();
    store.broken = true;
    bench.raise("one", "go");
    bench.load();
    assertThat(bench.refusals).singleElement().isInstanceOf(StoreUnreadableException.class);
    store.broken = false;
    bench.raise("one", "go");
    bench.load();
    assertThat(bench.refusals).hasSize(1);
    assertThat(bench.turns).hasSize(1);
  }

  @Test
  void r19_shouldLayOverWhatWasWrittenWhileTheParentWasAway() throws Exception {
    DecideBench bench = crowded();
    bench.start("p");
    bench.turn(
        waiting(FIRST, new HistoryEvent.ChildScheduled("shop", "1", "c", payload("c"), false)));
    TurnWork child = bench.turns.remove();
    leave(bench);
    assertThat(bench.row("p")).isNull();
    bench.complete(child, completed("done"));
    // The store does not hold the message yet when the parent is read.
    bench.load();
    assertThat(messages(bench))
        .containsExactly(new HistoryEvent.ChildCompleted(1, payload("done")));
    bench.turn(completed("both"));
    bench.pipeline.flush();
    assertThat(bench.stored("p").output()).isEqualTo(payload("both"));
    try (OrchestrationReader reader = store.read()) {
      assertThat(reader.orphanMessages(0, 10)).isEmpty();
    }
  }

  @Test
  void r19_shouldTryAgainWhenTheParentCannotBeRead() throws Exception {
    DecideBench bench = crowded();
    bench.start("p");
    bench.turn(
        waiting(FIRST, new HistoryEvent.ChildScheduled("shop", "1", "c", payload("c"), false)));
    TurnWork child = bench.turns.remove();
    leave(bench);
    store.broken = true;
    bench.complete(child, completed("done"));
    bench.load();
    assertThat(bench.turns).isEmpty();
    store.broken = false;
    bench.now += 10_000;
    bench.pipeline.sync();
    bench.load();
    assertThat(bench.turns).hasSize(1);
  }

  @Test
  void r20_shouldDropTheMessageWhenItsReceiverHasEnded() throws Exception {
    DecideBench bench = crowded();
    bench.start("p");
    bench.turn(
        waiting(FIRST, new HistoryEvent.ChildScheduled("shop", "1", "c", payload("c"), false)));
    TurnWork child = bench.turns.remove();
    leave(bench);
    bench.complete(child, completed("done"));
    bench.terminate("p", "enough");
    bench.load();
    bench.pipeline.flush();
    try (OrchestrationReader reader = store.read()) {
      assertThat(reader.orphanMessages(0, 10)).isEmpty();
      assertThat(reader.inbox(bench.stored("p").number())).isEmpty();
    }
  }

  @Test
  void r21_shouldFireATimerThoughItsInstanceIsAway() throws Exception {
    DecideBench bench = crowded();
    sleep(bench, "one", bench.now + 5_000);
    leave(bench);
    assertThat(bench.row("one")).isNull();
    OpenTimer timer = bench.timers.remove(0);
    bench.now += 5_000;
    bench.fire(timer);
    bench.fire(timer);
    bench.load();
    assertThat(bench.turns).hasSize(1);
    assertThat(bench.counters.timersFired).isEqualTo(1);
    assertThat(bench.timers).as("the same timer, set once").isEmpty();
  }

  @Test
  void r21_shouldFindATimerBeyondTheHorizonInTime() throws Exception {
    DecideBench bench = crowded();
    sleep(bench, "far", bench.now + DAY);
    leave(bench);
    assertThat(bench.timers).as("takes no memory").isEmpty();
    bench = DecideBench.crowded(store, 9);
    assertThat(bench.timers).isEmpty();
    assertThat(bench.row("far")).as("not loaded at the open").isNull();
    bench.now += DAY - 60_000;
    bench.pipeline.sync();
    HorizonRequest request = bench.horizons.remove();
    assertThat(bench.horizons).as("one read at a time").isEmpty();
    bench.stored.answer(request, bench.pipeline::decide);
    assertThat(bench.timers).hasSize(1);
    bench.fire(bench.timers.remove(0));
    bench.load();
    assertThat(bench.turns).hasSize(1);
  }

  @Test
  void r21_shouldMissNoTimerThatIsSetAndLeavesWhileTheStoreIsRead() throws Exception {
    DecideBench bench = crowded();
    bench.now += DAY;
    bench.pipeline.sync();
    HorizonRequest request = bench.horizons.remove();
    List<Command> answers = new ArrayList<>();
    bench.stored.answer(request, answers::add);
    sleep(bench, "one", bench.now + 1_000);
    leave(bench);
    answers.forEach(bench.pipeline::decide);
    assertThat(bench.row("one")).isNull();
    assertThat(bench.timers).as("kept, though the read could not see it").hasSize(1);
  }

  @Test
  void shouldKeepTheWaiterWhenTheInstanceLeavesAndComesBack() throws Exception {
    DecideBench bench = crowded();
    bench.start("one");
    CompletableFuture<InstanceRow> end =
        Objects.requireNonNull(bench.directory.find("one")).ended();
    bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
    leave(bench);
    assertThat(bench.row("one")).isNull();
    bench.raise("one", "go");
    bench.load();
    bench.turn(completed("done"));
    bench.pipeline.sync();
    InstanceView view = bench.ended.get(0);
    assertThat(view.waiter()).isSameAs(end);
    assertThat(Objects.requireNonNull(view.end()).output()).isEqualTo(payload("done"));
  }

  @Test
  void c41a_c41c_shouldDeleteTheTreeByOneRecordAndRefuseWhatIsLate() throws Exception {
    DecideBench bench = crowded();
    bench.start("p");
    bench.turn(
        waiting(
            FIRST,
            new HistoryEvent.ChildScheduled("shop", "1", "c", payload("c"), false),
            call("a")));
    bench.pipeline.sync();
    TurnWork child = bench.turns.remove();
    ActivityWork activity = bench.activities.remove();
    long root = Objects.requireNonNull(bench.row("p")).number();
    assertThat(bench.delete("p", false)).as("has not ended").isEmpty();
    assertThat(bench.delete("c", true)).as("is not a root").isEmpty();
    assertThat(bench.refusals)
        .extracting(refusal -> ((CommandRefusedException) refusal).reason())
        .containsOnly(CommandRefusedException.Reason.NOT_DELETABLE);
    assertThat(bench.delete("p", true)).hasSize(1);
    assertThat(bench.row("p")).isNull();
    assertThat(bench.row("c")).isNull();
    assertThat(bench.complete(child, completed("late"))).isEmpty();
    assertThat(bench.succeed(activity, "late")).isEmpty();
    assertThat(bench.told).as("not durable yet").isEmpty();
    // The store still shows the old one; the id is free all the same.
    StartInstance again = bench.start("p");
    bench.load();
    assertThat(again.created()).isTrue();
    assertThat(Objects.requireNonNull(bench.row("p")).number()).isNotEqualTo(root);
    bench.pipeline.sync();
    assertThat(bench.told).containsExactly(activity);
    assertThat(bench.deleted).hasSize(2);
    bench.pipeline.flush();
    sweep(bench, root);
    bench.pipeline.flush();
    try (OrchestrationReader reader = store.read()) {
      assertThat(reader.ofRoot(root, 0, 10)).isEmpty();
      assertThat(reader.tombstones()).isEmpty();
      assertThat(reader.instancesBefore(Long.MAX_VALUE, 10)).hasSize(1);
    }
    bench.turn(completed("new"));
    bench.pipeline.flush();
    assertThat(bench.stored("p").output()).isEqualTo(payload("new"));
  }

  private void sweep(DecideBench bench, long root) throws StoreException {
    List<RowKey> rows = new ArrayList<>();
    List<Long> instances;
    try (OrchestrationReader reader = store.read()) {
      instances = reader.ofRoot(root, 0, 100);
      for (long instance : instances) {
        rows.addAll(reader.openKeys(instance, 100));
      }
    }
    bench.pipeline.decide(new SweepTree(bench.now, root, rows, instances, true, () -> {}));
  }

  @Test
  void r20_shouldKnowTheDeletedWhenReopened() throws Exception {
    DecideBench bench = crowded();
    sleep(bench, "one", bench.now + 5_000);
    bench.delete("one", true);
    bench.pipeline.flush();
    DecideBench next = DecideBench.crowded(store, 9);
    assertThat(next.timers).isEmpty();
    next.raise("one", "go");
    next.load();
    assertThat(next.refusals)
        .singleElement()
        .extracting(refusal -> ((CommandRefusedException) refusal).reason())
        .isEqualTo(CommandRefusedException.Reason.UNKNOWN_INSTANCE);
  }
}
