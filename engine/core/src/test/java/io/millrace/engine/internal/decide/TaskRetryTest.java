package io.millrace.engine.internal.decide;

import static io.millrace.engine.internal.decide.DecideBench.payload;
import static io.millrace.engine.internal.decide.DecideBench.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.internal.replay.Wake;
import io.millrace.storage.orchestration.CallPolicy;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TaskRow;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What follows an attempt that failed (C10g to C10j, C22f, C4a). */
final class TaskRetryTest {

  private static final CallPolicy FIVE =
      new CallPolicy(5, 100, 2, 350, List.of(), List.of(), true, 0, 0, 0);
  private static final List<String> NOT_FOUND =
      List.of(
          FileNotFoundException.class.getName(),
          "java.io.IOException",
          "java.lang.Exception",
          "java.lang.Throwable");

  @Test
  void c10g_shouldWaitLongerEachTimeAndGiveUpWhenAllAttemptsFail() throws Exception {
    DecideBench bench = open(FIVE);
    List<Long> waits = new ArrayList<>();
    for (int attempt = 1; attempt < 5; attempt++) {
      ActivityWork work = bench.activities.remove();
      assertThat(work.row().attempt()).isEqualTo(attempt);
      List<RowMutation> record = fail(bench, work, "boom " + attempt, List.of());
      assertThat(record).as("no message before the last").hasSize(1);
      assertThat(bench.activities).as("not before it is durable (I4)").isEmpty();
      bench.pipeline.sync();
      waits.add(bench.activities.element().row().notBeforeMillis() - bench.now);
      assertThat(bench.activities.element().row().lastFailure()).isNotNull();
      bench.now += 10;
    }
    assertThat(waits).containsExactly(100L, 200L, 350L, 350L);
    assertThat(bench.turns).isEmpty();
    fail(bench, bench.activities.remove(), "boom 5", List.of());
    assertThat(outcome(bench))
        .isInstanceOfSatisfying(
            Failure.ApplicationFailure.class,
            failure ->
                assertThat(failure.message())
                    .isEqualTo("boom 5 (attempts=5, no other: maxAttempts=5)"));
    assertThat(bench.counters.activitiesRetried).isEqualTo(4);
    assertThat(bench.counters.activitiesFailed).isEqualTo(1);
  }

  @Test
  void c10h_shouldCompareWithSuperclassesWhenThePolicyNamesErrors() throws Exception {
    CallPolicy io =
        new CallPolicy(5, 1, 1, 0, List.of("java.io.IOException"), List.of(), true, 0, 0, 0);
    CallPolicy notIo =
        new CallPolicy(5, 1, 1, 0, List.of(), List.of("java.io.IOException"), true, 0, 0, 0);
    CallPolicy both =
        new CallPolicy(
            5,
            1,
            1,
            0,
            List.of("java.io.IOException"),
            List.of(FileNotFoundException.class.getName()),
            true,
            0,
            0,
            0);
    assertThat(after(io, "x", NOT_FOUND)).isNull();
    assertThat(after(io, "x", List.of("java.lang.Error")))
        .isEqualTo("x (attempts=1, no other: retryOn=[java.io.IOException])");
    assertThat(after(notIo, "x", NOT_FOUND))
        .isEqualTo("x (attempts=1, no other: neverOn=java.io.IOException)");
    assertThat(after(notIo, "x", List.of("java.lang.Error"))).isNull();
    assertThat(after(both, "x", NOT_FOUND)).contains("neverOn=java.io.FileNotFoundException");
    assertThat(after(null, "x", NOT_FOUND)).as("no policy, no attempts to speak of").isEqualTo("x");
  }

  @Test
  void c22f_shouldRetryTimeoutsUnlessThePolicySaysNot() throws Exception {
    HistoryEvent.ActivityFailed late =
        new HistoryEvent.ActivityFailed(1, new Failure.TimedOut("start-to-close=PT1S passed"));
    DecideBench retries = open(FIVE);
    complete(retries, retries.activities.remove(), ActivityEnd.of(late));
    retries.pipeline.sync();
    assertThat(retries.activities.element().row().attempt()).isEqualTo(2);
    DecideBench not = open(new CallPolicy(5, 1, 1, 0, List.of(), List.of(), false, 0, 0, 0));
    complete(not, not.activities.remove(), ActivityEnd.of(late));
    assertThat(outcome(not))
        .isEqualTo(
            new Failure.TimedOut(
                "start-to-close=PT1S passed (attempts=1, no other: the policy retries no"
                    + " timeouts)"));
  }

  @Test
  void c10i_shouldNotTryAgainWhenTheNextWouldBeginAfterScheduleToClose() throws Exception {
    DecideBench bench = open(new CallPolicy(5, 600, 1, 0, List.of(), List.of(), true, 0, 1_000, 0));
    fail(bench, bench.activities.remove(), "one", List.of());
    bench.pipeline.sync();
    ActivityWork second = bench.activities.remove();
    assertThat(second.closesAtMillis()).isEqualTo(second.row().scheduledAtMillis() + 1_000);
    bench.now += 600;
    fail(bench, second, "two", List.of());
    assertThat(outcome(bench).message())
        .isEqualTo(
            "two (attempts=2, no other: the next would begin too late, schedule-to-close=PT1S)");
  }

  @Test
  void c4a_shouldRefuseTheEndOfAnEarlierAttempt() throws Exception {
    DecideBench bench = open(FIVE);
    ActivityWork first = bench.activities.remove();
    fail(bench, first, "one", List.of());
    bench.pipeline.sync();
    assertThat(bench.succeed(first, "late")).isEmpty();
    assertThat(bench.pipeline.decide(new TaskHeartbeat(bench.now, first, payload("late"))))
        .isEmpty();
    assertThat(bench.counters.lateCompletions).isEqualTo(2);
    bench.succeed(bench.activities.remove(), "good");
    assertThat(bench.turns.element().turn().messages())
        .isEqualTo(List.of(new HistoryEvent.ActivityCompleted(1, payload("good"))));
  }

  @Test
  void c4a_shouldCountTheResultThatGathersBehindTheEndOfAnEarlierAttempt() throws Exception {
    DecideBench bench = open(FIVE);
    ActivityWork first = bench.activities.remove();
    fail(bench, first, "one", List.of());
    bench.pipeline.sync();
    ActivityWork second = bench.activities.remove();
    TaskCompleted command =
        new TaskCompleted(bench.now, first, ActivityEnd.of(completed("late")), bench);
    assertThat(command.gather(bench.now, second, ActivityEnd.of(completed("good")), 1_000_000))
        .isTrue();
    bench.pipeline.decide(command);
    assertThat(bench.turns.element().turn().messages()).isEqualTo(List.of(completed("good")));
    assertThat(bench.counters.lateCompletions).isEqualTo(1);
  }

  @Test
  void c10j_shouldWaitOnWhenReopened() throws Exception {
    DecideBench bench = open(FIVE);
    fail(bench, bench.activities.remove(), "one", List.of());
    bench.pipeline.flush();
    TaskRow waiting = bench.activities.element().row();
    DecideBench again = bench.reopened();
    assertThat(again.activities.element().row()).isEqualTo(waiting);
    assertThat(again.activities.element().row().notBeforeMillis()).isEqualTo(bench.now + 100);
  }

  @Test
  void c6e_shouldHandHeartbeatsToTheNextAttemptAndAcrossAReopening() throws Exception {
    DecideBench bench = open(FIVE);
    ActivityWork work = bench.activities.remove();
    bench.pipeline.decide(new TaskHeartbeat(bench.now, work, payload("10%")));
    assertThat(work.row().heartbeat()).as("the same attempt goes on").isEqualTo(payload("10%"));
    bench.pipeline.flush();
    assertThat(bench.reopened().activities.element().row().heartbeat()).isEqualTo(payload("10%"));
    complete(
        bench,
        work,
        new ActivityEnd(failed("x"), List.of(), false, payload("20%, not written yet")));
    bench.pipeline.sync();
    ActivityWork second = bench.activities.remove();
    assertThat(second.row().heartbeat()).isEqualTo(payload("20%, not written yet"));
    fail(bench, second, "silent", List.of());
    bench.pipeline.sync();
    assertThat(bench.activities.element().row().heartbeat())
        .isEqualTo(payload("20%, not written yet"));
  }

  @Test
  void c16g_shouldNotTryAgainWhatWasOpenWhenTheCancelCame() throws Exception {
    DecideBench bench = open(FIVE);
    ActivityWork work = bench.activities.remove();
    bench.cancel("one", "enough");
    fail(bench, work, "gave up", List.of());
    bench.pipeline.sync();
    assertThat(bench.activities).isEmpty();
    assertThat(bench.counters.activitiesFailed).isEqualTo(1);
  }

  @Test
  void shouldNotTryAgainWhenAnotherAttemptWouldMeetTheSame() throws Exception {
    DecideBench bench = open(FIVE);
    complete(
        bench,
        bench.activities.remove(),
        new ActivityEnd(failed("unreadable"), List.of(), true, null));
    assertThat(outcome(bench).message()).contains("another would end the same way");
  }

  @Test
  void shouldFailTheCallWhenARetryDoesNotFitIntoARecord() throws Exception {
    DecideBench bench = open(FIVE);
    bench.pipeline.recordsOfAtMost(0);
    fail(bench, bench.activities.remove(), "one", List.of());
    assertThat(outcome(bench)).isInstanceOf(Failure.LimitExceeded.class);
  }

  private static DecideBench open(@Nullable CallPolicy policy) throws Exception {
    DecideBench bench = new DecideBench();
    bench.start("one");
    bench.turn(
        waiting(
            new Wake.Completion(1),
            new HistoryEvent.ActivityScheduled("a", "", payload("a"), policy)));
    bench.pipeline.sync();
    return bench;
  }

  private static HistoryEvent.ActivityCompleted completed(String result) {
    return new HistoryEvent.ActivityCompleted(1, payload(result));
  }

  private static HistoryEvent.ActivityFailed failed(String message) {
    return new HistoryEvent.ActivityFailed(
        1, new Failure.ApplicationFailure("x.Boom", message, "", null));
  }

  private static List<RowMutation> fail(
      DecideBench bench, ActivityWork work, String message, List<String> types) {
    return complete(bench, work, new ActivityEnd(failed(message), types, false, null));
  }

  private static List<RowMutation> complete(DecideBench bench, ActivityWork work, ActivityEnd end) {
    return bench.pipeline.decide(new TaskCompleted(bench.now, work, end, bench));
  }

  /** Returns the text of the failure after one attempt, null if another follows. */
  private static @Nullable String after(
      @Nullable CallPolicy policy, String message, List<String> types) throws Exception {
    DecideBench bench = open(policy);
    fail(bench, bench.activities.remove(), message, types);
    bench.pipeline.sync();
    return bench.activities.isEmpty() ? outcome(bench).message() : null;
  }

  private static Failure outcome(DecideBench bench) {
    HistoryEvent.Message message =
        Objects.requireNonNull(bench.turns.peek(), "a turn").turn().messages().get(0);
    return ((HistoryEvent.ActivityFailed) message).failure();
  }
}
