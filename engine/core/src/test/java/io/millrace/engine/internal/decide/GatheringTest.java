package io.millrace.engine.internal.decide;

import static io.millrace.engine.internal.decide.DecideBench.call;
import static io.millrace.engine.internal.decide.DecideBench.completed;
import static io.millrace.engine.internal.decide.DecideBench.payload;
import static io.millrace.engine.internal.decide.DecideBench.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.internal.replay.Wake;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.RowMutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results of one instance that come before the first of them is decided. */
final class GatheringTest {

  private static final long MUCH = 1_000_000;

  @Test
  void shouldDecideInOneRecordWhatGatheredAndWakeOneTurn() throws Exception {
    DecideBench bench = open(5);
    List<ActivityWork> works = List.copyOf(bench.activities);
    TaskCompleted command = Objects.requireNonNull(add(bench, works.get(0), MUCH));
    bench.now += 7;
    for (ActivityWork other : works.subList(1, 5)) {
      assertThat(add(bench, other, MUCH)).as("goes along").isNull();
    }

    List<RowMutation> record = bench.pipeline.decide(command);

    assertThat(record).as("a task less and a message more for each").hasSize(10);
    assertThat(bench.counters.activitiesCompleted).isEqualTo(5);
    assertThat(bench.turns).hasSize(1);
    assertThat(bench.turns.element().turn().messages())
        .extracting(message -> ((HistoryEvent.ActivityCompleted) message).action())
        .as("in the order in which they came")
        .containsExactly(1, 2, 3, 4, 5);
    bench.turn(completed("all"));
    assertThat(status(bench)).isEqualTo(InstanceStatus.COMPLETED);
  }

  @Test
  void shouldHandInAnotherCommandWhenTheFirstIsDecided() throws Exception {
    DecideBench bench = open(2);
    List<ActivityWork> works = List.copyOf(bench.activities);
    bench.pipeline.decide(Objects.requireNonNull(add(bench, works.get(0), MUCH)));
    TaskCompleted second = add(bench, works.get(1), MUCH);
    assertThat(bench.pipeline.decide(Objects.requireNonNull(second))).hasSize(2);
    assertThat(bench.turns).hasSize(1);
  }

  @Test
  void shouldNotGatherMoreBytesThanAllowed() throws Exception {
    DecideBench bench = open(3);
    List<ActivityWork> works = List.copyOf(bench.activities);
    long two = 2 * Sizes.of(result(works.get(0)).message());
    assertThat(add(bench, works.get(0), two)).isNotNull();
    assertThat(add(bench, works.get(1), two)).isNull();
    assertThat(add(bench, works.get(2), two)).isNotNull();
  }

  @Test
  void shouldNotGatherMoreThanSixtyFour() throws Exception {
    DecideBench bench = open(70);
    List<TaskCompleted> commands = new ArrayList<>();
    for (ActivityWork work : bench.activities) {
      TaskCompleted command = add(bench, work, MUCH);
      if (command != null) {
        commands.add(command);
      }
    }
    assertThat(commands).hasSize(2);
    assertThat(bench.pipeline.decide(commands.get(0))).hasSize(128);
    assertThat(bench.pipeline.decide(commands.get(1))).hasSize(12);
  }

  @Test
  void c4a_shouldCountOnceAndRefuseTheRestWhenAResultGathersTwice() throws Exception {
    DecideBench bench = open(3);
    List<ActivityWork> works = List.copyOf(bench.activities);
    bench.succeed(works.get(0), "early");
    TaskCompleted command = Objects.requireNonNull(add(bench, works.get(0), MUCH));
    for (ActivityWork again : List.of(works.get(1), works.get(1), works.get(0))) {
      assertThat(add(bench, again, MUCH)).isNull();
    }
    assertThat(bench.pipeline.decide(command)).as("one of four").hasSize(2);
    assertThat(bench.counters.activitiesCompleted).isEqualTo(2);
    assertThat(bench.counters.lateCompletions).isEqualTo(3);
  }

  @Test
  void shouldRefuseAllThatGatheredWhenTheInstanceHasEnded() throws Exception {
    DecideBench bench = open(2);
    List<ActivityWork> works = List.copyOf(bench.activities);
    TaskCompleted command = Objects.requireNonNull(add(bench, works.get(0), MUCH));
    assertThat(add(bench, works.get(1), MUCH)).isNull();
    bench.terminate("one", "enough");
    assertThat(bench.pipeline.decide(command)).isEmpty();
    assertThat(bench.counters.lateCompletions).isEqualTo(2);
    assertThat(command.gather(bench.now, works.get(1), result(works.get(1)), MUCH)).isFalse();
  }

  @Test
  void shouldLetFailuresTravelAlone() throws Exception {
    DecideBench bench = open(3);
    List<ActivityWork> works = List.copyOf(bench.activities);
    ActivityEnd failed =
        ActivityEnd.of(new HistoryEvent.ActivityFailed(2, new Failure.TimedOut("late")));
    TaskCompleted first = Objects.requireNonNull(add(bench, works.get(0), MUCH));
    TaskCompleted alone =
        works.get(1).gathering().add(bench.now, works.get(1), failed, bench, MUCH);
    assertThat(add(bench, works.get(2), MUCH)).as("goes along with the first").isNull();
    assertThat(bench.pipeline.decide(first)).hasSize(4);
    assertThat(bench.pipeline.decide(Objects.requireNonNull(alone))).hasSize(2);
    assertThat(bench.counters.activitiesFailed).isEqualTo(1);
  }

  /** Returns a bench whose one instance waits for so many activities. */
  private static DecideBench open(int calls) throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    HistoryEvent.Action[] actions = new HistoryEvent.Action[calls];
    Arrays.fill(actions, call("a"));
    List<Wake> parts =
        IntStream.rangeClosed(1, calls).<Wake>mapToObj(Wake.Completion::new).toList();
    bench.turn(waiting(new Wake.All(parts, true), actions));
    bench.pipeline.sync();
    return bench;
  }

  private static ActivityEnd result(ActivityWork work) {
    return ActivityEnd.of(
        new HistoryEvent.ActivityCompleted(work.row().action(), payload("result")));
  }

  private static @Nullable TaskCompleted add(DecideBench bench, ActivityWork work, long bytesMax) {
    return work.gathering().add(bench.now, work, result(work), bench, bytesMax);
  }

  private static InstanceStatus status(DecideBench bench) {
    return Objects.requireNonNull(bench.row("one")).status();
  }
}
