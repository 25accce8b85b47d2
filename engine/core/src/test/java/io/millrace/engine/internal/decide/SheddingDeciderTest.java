package io.millrace.engine.internal.decide;

import static io.millrace.engine.internal.decide.DecideBench.completed;
import static io.millrace.engine.internal.decide.DecideBench.payload;
import static io.millrace.engine.internal.decide.DecideBench.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.internal.replay.Wake;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.CallPolicy;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.payload.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What waits for activities beyond a budget of bytes, record by record (rule R26). */
final class SheddingDeciderTest {

  private static final Wake FIRST = new Wake.Completion(1);
  private static final int INPUT_BYTES = 1_000;

  private final FragileStore store = new FragileStore();

  private DecideBench bench(long queuedBytesMax) throws StoreException {
    return DecideBench.waitingIn(queuedBytesMax, store, 1);
  }

  private static HistoryEvent.Action large(String name) {
    return new HistoryEvent.ActivityScheduled("work", "", input(name));
  }

  private static Payload input(String name) {
    return payload(name + "#".repeat(INPUT_BYTES));
  }

  /** An instance whose two activities are queued, and whose history the store alone has. */
  private DecideBench withOneShed() throws StoreException {
    DecideBench bench = bench(0);
    bench.start("one");
    bench.turn(waiting(FIRST, large("a"), large("b")));
    bench.pipeline.flush();
    bench.pipeline.sync();
    assertThat(bench.activities).hasSize(2).allMatch(work -> work.input() == null);
    return bench;
  }

  private Payload readBack(ActivityWork work) throws StoreException {
    return Objects.requireNonNull(new StoredInputs(store).read(work).input());
  }

  @Test
  void r26_shouldHoldNoMoreThanTheBudgetOnceTheStoreHasTheRest() throws Exception {
    DecideBench bench = bench(10 * INPUT_BYTES);
    for (int i = 0; i < 100; i++) {
      bench.start("i" + i);
      bench.turn(waiting(FIRST, large("a" + i)));
    }
    bench.pipeline.sync();
    assertThat(bench.activities).as("nothing is in the store").allMatch(w -> w.input() != null);
    assertThat(bench.counters.waitingBytes).isGreaterThan(100 * INPUT_BYTES);
    bench.pipeline.flush();
    assertThat(bench.counters.waitingBytes).isBetween(5L * INPUT_BYTES, 10L * INPUT_BYTES);
    assertThat(bench.activities.getFirst().input()).as("is next to run").isNotNull();
    assertThat(bench.activities.getLast().input()).isNull();
    int i = 0;
    for (ActivityWork work : List.copyOf(bench.activities)) {
      Payload input = work.input();
      assertThat(input == null ? readBack(work) : input).isEqualTo(input("a" + i));
      bench.succeed(work, "A" + i);
      bench.readHistories();
      bench.turn(completed("done" + i));
      i++;
    }
    bench.pipeline.flush();
    assertThat(bench.counters.waitingBytes).isZero();
    assertThat(bench.stored("i99").output()).isEqualTo(payload("done99"));
  }

  @Test
  void r26_shouldHoldEverythingWithinTheBudget() throws Exception {
    DecideBench bench = bench(1 << 20);
    bench.start("one");
    bench.turn(waiting(FIRST, large("a")));
    bench.pipeline.flush();
    bench.pipeline.sync();
    assertThat(bench.activities.element().input()).isEqualTo(input("a"));
    assertThat(bench.counters.historiesShed).isZero();
  }

  @Test
  void r26_shouldReadTheHistoryBackForTheNextTurn() throws Exception {
    DecideBench bench = withOneShed();
    ActivityWork first = bench.activities.remove();
    bench.succeed(first, "A");
    assertThat(bench.turns).as("its history is not there").isEmpty();
    assertThat(bench.histories).hasSize(1);
    bench.raise("one", "go");
    bench.raise("one", "more");
    assertThat(bench.histories).as("asked once").hasSize(1);
    bench.readHistories();
    TurnWork turn = bench.turns.element();
    assertThat(turn.turn().history()).hasSize(1);
    assertThat(turn.turn().messages()).hasSize(3);
    bench.turn(waiting(new Wake.Completion(2), large("c")));
    bench.pipeline.flush();
    assertThat(bench.activities).as("shed again").allMatch(work -> work.input() == null);
    List<Payload> inputs = new ArrayList<>();
    for (ActivityWork work : bench.activities) {
      inputs.add(readBack(work));
    }
    assertThat(inputs).containsExactly(input("b"), input("c"));
  }

  @Test
  void r26_shouldAskAgainWhenTheStoreCannotBeRead() throws Exception {
    DecideBench bench = withOneShed();
    store.broken = true;
    bench.succeed(bench.activities.remove(), "A");
    bench.readHistories();
    bench.pipeline.sync();
    assertThat(bench.turns).isEmpty();
    assertThat(bench.histories).as("not at once").isEmpty();
    store.broken = false;
    bench.now += 10_000;
    bench.pipeline.sync();
    bench.readHistories();
    assertThat(bench.turns).hasSize(1);
  }

  @Test
  void r26_c21b_shouldSetAsideWhenTheHistoryIsUnreadableUntilItIsMended() throws Exception {
    DecideBench bench = withOneShed();
    long number = Objects.requireNonNull(bench.row("one")).number();
    List<HistoryRow> turns;
    try (OrchestrationReader reader = store.read()) {
      turns = reader.history(number, 1, 1, 10);
    }
    bench.pipeline.forgetHistory(number);
    assertThat(new StoredInputs(store).read(bench.activities.element()).why()).isNotNull();
    bench.succeed(bench.activities.remove(), "A");
    bench.readHistories();
    assertThat(Objects.requireNonNull(bench.row("one")).status())
        .isEqualTo(InstanceStatus.QUARANTINED);
    bench.release("one");
    bench.readHistories();
    assertThat(bench.turns).isEmpty();
    bench.pipeline.mend(turns);
    assertThat(readBack(bench.activities.element())).isEqualTo(input("b"));
    bench.release("one");
    bench.readHistories();
    bench.turn(completed("done"));
    bench.pipeline.flush();
    assertThat(bench.stored("one").status()).isEqualTo(InstanceStatus.COMPLETED);
  }

  @Test
  void r26_c21b_shouldSetAsideWhenAnInputIsUnreadable() throws Exception {
    DecideBench bench = withOneShed();
    ActivityWork work = bench.activities.remove();
    Failure why = new Failure.ApplicationFailure("unreadable history", "gone", "", null);
    assertThat(bench.pipeline.decide(new InputUnreadable(bench.now, work, why))).hasSize(1);
    assertThat(Objects.requireNonNull(bench.row("one")).failure()).isEqualTo(why);
    assertThat(bench.pipeline.decide(new InputUnreadable(bench.now, work, why)))
        .as("is so already")
        .isEmpty();
    // It can be read after all: nothing of it was lost.
    bench.succeed(work, "A");
    bench.release("one");
    bench.readHistories();
    bench.turn(completed("done"));
    assertThat(bench.pipeline.decide(new InputUnreadable(bench.now, work, why))).isEmpty();
    bench.pipeline.flush();
    assertThat(bench.stored("one").status()).isEqualTo(InstanceStatus.COMPLETED);
  }

  @Test
  void r26_shouldGiveTheNextAttemptItsInputToo() throws Exception {
    DecideBench bench = bench(0);
    bench.start("one");
    CallPolicy policy = new CallPolicy(3, 10, 1, 0, List.of(), List.of(), false, 0, 0, 0);
    bench.turn(waiting(FIRST, new HistoryEvent.ActivityScheduled("work", "", input("a"), policy)));
    bench.pipeline.flush();
    ActivityWork first = bench.activities.remove();
    Failure failure = new Failure.ApplicationFailure("X", "no", "", null);
    bench.pipeline.decide(
        new TaskCompleted(
            bench.now, first, ActivityEnd.of(new HistoryEvent.ActivityFailed(1, failure)), bench));
    bench.pipeline.sync();
    ActivityWork second = bench.activities.remove();
    assertThat(second.row().attempt()).isEqualTo(2);
    assertThat(second.input()).isNull();
    assertThat(readBack(second)).isEqualTo(input("a"));
  }

  @Test
  void r26_shouldEndAndBeDeletedWithoutItsHistory() throws Exception {
    DecideBench bench = withOneShed();
    bench.terminate("one", "enough");
    bench.pipeline.sync();
    assertThat(bench.told).hasSize(2).allMatch(ActivityWork::isDropped);
    assertThat(bench.ended).hasSize(1);
    bench.start("two");
    bench.turn(waiting(FIRST, large("a")));
    bench.pipeline.flush();
    assertThat(bench.counters.historiesShed).isEqualTo(2);
    bench.delete("two", true);
    bench.pipeline.flush();
    assertThat(bench.counters.waitingBytes).isZero();
    assertThat(bench.row("two")).isNull();
  }

  @Test
  void r26_shouldForgetWhatIsReadForOneThatHasEnded() throws Exception {
    DecideBench bench = withOneShed();
    bench.cancel("one", "enough");
    HistoryRequest asked = bench.histories.remove();
    bench.terminate("one", "now");
    assertThat(bench.pipeline.decide(bench.stored.answer(asked))).isEmpty();
    assertThat(bench.turns).isEmpty();
    assertThat(bench.counters.lateCompletions).isZero();
  }

  @Test
  void r26_shouldNotHoldMoreThanTheBudgetWhenReopened() throws Exception {
    DecideBench bench = bench(1 << 20);
    for (int i = 0; i < 20; i++) {
      bench.start("i" + i);
      bench.turn(waiting(FIRST, large("a" + i)));
    }
    bench.pipeline.flush();
    DecideBench next = DecideBench.waitingIn(5 * INPUT_BYTES, store, 9);
    assertThat(next.activities).as("each once").hasSize(20);
    assertThat(next.counters.waitingBytes).isLessThanOrEqualTo(5 * INPUT_BYTES);
    assertThat(next.activities).filteredOn(work -> work.input() == null).hasSizeGreaterThan(14);
    for (ActivityWork work : next.activities) {
      Payload input = work.input();
      assertThat(input == null ? readBack(work) : input)
          .isEqualTo(input("a" + work.instanceId().substring(1)));
    }
  }

  @Test
  void r26_shouldKeepAPausedOneReadyToGoOn() throws Exception {
    DecideBench bench = withOneShed();
    bench.pipeline.decide(new PauseInstance(bench.now, "one", true, bench));
    bench.succeed(bench.activities.remove(), "A");
    assertThat(bench.histories).as("nothing runs").isEmpty();
    bench.pipeline.decide(new PauseInstance(bench.now, "one", false, bench));
    bench.readHistories();
    bench.turn(completed("done"));
    bench.pipeline.flush();
    assertThat(bench.stored("one").status()).isEqualTo(InstanceStatus.COMPLETED);
  }
}
