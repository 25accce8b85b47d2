package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.awaited;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.child;
import static io.millrace.engine.replaying.Scene.fired;
import static io.millrace.engine.replaying.Scene.gaveUp;
import static io.millrace.engine.replaying.Scene.marked;
import static io.millrace.engine.replaying.Scene.raised;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.status;
import static io.millrace.engine.replaying.Scene.text;
import static io.millrace.engine.replaying.Scene.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Event;
import io.millrace.engine.NondeterminismReport;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Code that does not fit its history: every pair of what is there and what is asked for. */
class NondeterminismTest {

  private static final OrchestrationFunction<String, String> CALLS =
      (ctx, input) -> ctx.call(A, "1").await();
  private static final OrchestrationFunction<String, String> SLEEPS =
      (ctx, input) -> {
        ctx.sleep(Duration.ofSeconds(1)).await();
        return "woke";
      };
  private static final OrchestrationFunction<String, String> WAITS =
      (ctx, input) -> ctx.waitFor(Event.named("go", String.class)).await();

  private static NondeterminismReport report(
      OrchestrationFunction<String, String> code, HistoryEvent.Action recorded) {
    return Scene.of(code).past(started("x"), recorded).diverging(result(1, "r"));
  }

  @Test
  void c20c_shouldCompareTheKind() {
    NondeterminismReport report = report(CALLS, timer(Scene.T0));

    assertThat(report.expected()).isEqualTo("a timer until 2023-11-14T22:13:20Z");
    assertThat(report.found()).isEqualTo("a call of activity \"a\"");
    assertThat(report(CALLS, awaited("go")).expected()).isEqualTo("a wait for event \"go\"");
    assertThat(report(SLEEPS, called("a", "1")).found()).startsWith("a timer until ");
    assertThat(report(SLEEPS, awaited("go")).expected()).isEqualTo("a wait for event \"go\"");
    assertThat(report(WAITS, called("a", "1")).found()).isEqualTo("a wait for event \"go\"");
    assertThat(report(WAITS, timer(1)).found()).isEqualTo("a wait for event \"go\"");
  }

  @Test
  void c20c_shouldCompareTheName() {
    assertThat(report(CALLS, called("b", "1")).expected()).isEqualTo("a call of activity \"b\"");
    assertThat(report(WAITS, awaited("stop")).expected()).isEqualTo("a wait for event \"stop\"");
  }

  @Test
  void c20c_shouldCompareTheTag() {
    NondeterminismReport report =
        report(CALLS, new HistoryEvent.ActivityScheduled("a", "slow", text("1")));

    assertThat(report.expected()).isEqualTo("a call of activity \"a\", tag \"slow\"");
    assertThat(report.found()).isEqualTo("a call of activity \"a\"");
  }

  @Test
  void c20c_shouldCompareWhatIsCancelled() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              var one = ctx.call(A, "1");
              var two = ctx.call(A, "2");
              two.cancel();
              return one.await();
            });
    scene.past(started("x"), called("a", "1"), called("a", "2"), gaveUp(1));

    NondeterminismReport report = scene.diverging(result(2, "r"));

    assertThat(report.event()).isEqualTo(3);
    assertThat(report.expected()).isEqualTo("the cancelling of event 1, a call of activity \"a\"");
    assertThat(report.found()).isEqualTo("the cancelling of event 2, a call of activity \"a\"");
  }

  @Test
  void c20d_shouldFindThatTheCodeAskedForMore() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              var one = ctx.call(A, "1");
              ctx.call(A, "2");
              return one.await();
            });
    scene.past(started("x"), called("a", "1"));

    NondeterminismReport report = scene.diverging(result(1, "r"));

    assertThat(report.event()).isEqualTo(2);
    assertThat(report.expected()).isEqualTo("nothing more in this turn: the code waited here");
    assertThat(report.found()).isEqualTo("a call of activity \"a\"");
  }

  @Test
  void c20d_shouldFindThatTheCodeAskedForMoreInTheMiddle() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.call(A, "0");
              return ctx.call(A, "1").await();
            });
    scene.past(started("x"), called("a", "1")).past(result(1, "r"));

    assertThat(scene.diverging(fired(9)).expected())
        .isEqualTo("nothing more in this turn: the code waited here for the result of event 1");
  }

  @Test
  void c20d_shouldFindThatTheCodeAskedForLess() {
    NondeterminismReport report =
        Scene.of(CALLS)
            .past(started("x"), called("a", "1"), called("b", "2"))
            .diverging(result(1, "r"));

    assertThat(report.event()).isEqualTo(2);
    assertThat(report.expected()).isEqualTo("a call of activity \"b\"");
    assertThat(report.found()).isEqualTo("nothing more in this turn: it waits for activity a");
    assertThat(report.location()).startsWith("NondeterminismTest.java:");
  }

  @Test
  void c20d_shouldFindThatTheCodeReturnedEarly() {
    Scene scene = Scene.of((ctx, input) -> "done").past(started("x"), called("a", "1"));

    NondeterminismReport report = scene.diverging(result(1, "r"));

    assertThat(report.event()).isEqualTo(1);
    assertThat(report.found()).isEqualTo("nothing more: it returned");
    assertThat(report.location()).isEmpty();
  }

  @Test
  void c20d_shouldFindThatTheCodeReturnedWhereItWaited() {
    Scene scene =
        Scene.of((ctx, input) -> String.valueOf(ctx.call(A, "1").isDone()))
            .past(started("x"), called("a", "1"));

    assertThat(scene.diverging(result(1, "r")).expected())
        .isEqualTo("nothing more in this turn: the code waited here");
  }

  @Test
  void c20d_shouldFindThatTheCodeThrewEarly() {
    Scene scene =
        Scene.of(
                (ctx, input) -> {
                  throw new IOException("disk");
                })
            .past(started("x"), called("a", "1"));

    assertThat(scene.diverging(result(1, "r")).found())
        .isEqualTo("nothing more: it threw java.io.IOException: disk");
  }

  @Test
  void c20d_shouldFindThatTheExecutionHadEnded() {
    Scene scene =
        Scene.of(CALLS).past(started("x"), called("a", "1"), new HistoryEvent.ExecutionCompleted());

    assertThat(scene.diverging(result(1, "r")).expected())
        .isEqualTo("the end of the execution: it completed");
  }

  @Test
  void c20e_shouldFindADivergenceInALaterTurn() {
    Scene scene =
        Scene.of(
            (ctx, input) ->
                ctx.call(A, "1").await() + ctx.waitFor(Event.named("go", String.class)).await());
    scene.past(started("x"), called("a", "1")).past(result(1, "r"), called("b", "2"));

    NondeterminismReport report = scene.diverging(raised("go", "1"));

    assertThat(report.event()).isEqualTo(3);
    assertThat(report.expected()).isEqualTo("a call of activity \"b\"");
  }

  @Test
  void c20e_shouldFindADivergenceOfWhatTheEngineAskedFor() {
    Scene scene =
        Scene.of(
            (ctx, input) ->
                ctx.waitFor(Event.named("go", String.class), Duration.ofSeconds(1)).await());
    scene.past(started("x"), awaited("go"), timer(1)).past(raised("go", "1"), called("a", "1"));

    assertThat(scene.diverging(fired(2)).found())
        .startsWith("the cancelling of event 2, a timer until ");
  }

  @Test
  void c20f_shouldReportAsTheGoldenFileDoes() throws IOException {
    Map<String, NondeterminismReport> reports = new LinkedHashMap<>();
    reports.put("the name", changedName());
    reports.put("in a stream", throughAStream());
    reports.put("the kind", golden(GoldenCode::sleeps, called("a", "1")));
    reports.put(
        "the version", golden(GoldenCode::childOfVersion2, child("child", "1", "c-1", "1")));
    reports.put("the tag", golden(GoldenCode::slowCall, called("a", "1")));
    reports.put(
        "what is cancelled",
        golden(GoldenCode::cancelsTheOther, called("a", "1"), called("b", "2"), gaveUp(1)));
    reports.put("an extra action", golden(GoldenCode::asksForMore, called("a", "1")));
    reports.put(
        "a missing action", golden(GoldenCode::forgotTheChange, called("a", "1"), status("s")));
    reports.put("an early end", golden(GoldenCode::returnsEarly, called("a", "1")));
    reports.put(
        "a version that is gone", golden(GoldenCode::knowsChangesFrom2, marked("ask-the-bank", 1)));
    reports.put(
        "a mark that nobody asks for",
        golden(GoldenCode::forgotTheChange, marked("ask-the-bank", 1), called("a", "1")));

    StringBuilder text = new StringBuilder();
    reports.forEach(
        (name, report) ->
            text.append("== ").append(name).append(" ==\n").append(report.text()).append("\n\n"));

    assertThat(text.toString().strip()).isEqualTo(golden("reports.txt"));
    assertThat(reports.values())
        .extracting(NondeterminismReport::difference)
        .contains(NondeterminismReport.Difference.values());
  }

  private static NondeterminismReport golden(
      OrchestrationFunction<String, String> code, HistoryEvent... actions) {
    HistoryEvent[] events = new HistoryEvent[actions.length + 1];
    events[0] = started("x");
    System.arraycopy(actions, 0, events, 1, actions.length);
    return Scene.of(code).past(events).diverging(raised("go", "1"));
  }

  private static NondeterminismReport changedName() {
    return Scene.of(GoldenCode::changed)
        .past(started("x"), called("a", "1"))
        .past(result(1, "r"), new HistoryEvent.ActivityScheduled("b", "slow", text("2")))
        .diverging(result(3, "s"));
  }

  private static NondeterminismReport throughAStream() {
    return Scene.of(GoldenCode::throughAStream)
        .past(started("x"), called("a", "1"), awaited("go"))
        .diverging(raised("go", "1"));
  }

  @Test
  void c20f_shouldKeepTheReportInTheInstancesRow() {
    Failure failure =
        Scene.of(CALLS)
            .past(started("x"), called("b", "1"))
            .quarantined(result(1, "r"))
            .toFailure();

    assertThat(failure).isInstanceOf(Failure.ApplicationFailure.class);
    assertThat(((Failure.ApplicationFailure) failure).type()).isEqualTo("nondeterminism");
    assertThat(failure.message()).contains("history holds: a call of activity \"b\"");
  }

  private static String golden(String name) throws IOException {
    try (InputStream file =
        NondeterminismTest.class.getResourceAsStream("/nondeterminism/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
