package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.awaited;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.fired;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.text;
import static io.millrace.engine.replaying.Scene.timeOf;
import static io.millrace.engine.replaying.Scene.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Event;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.payload.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories that contradict themselves or cannot be read: the instance is set aside. */
class HistoryDamageTest {

  private static final Payload UNREADABLE = Payload.wrap(new byte[] {'?', 1, 2});

  private static Scene oneCall() {
    return Scene.of((ctx, input) -> ctx.call(A, input).await());
  }

  private static HistoryRow row(int turn, int firstEvent, HistoryEvent... events) {
    return new HistoryRow(7, 1, turn, firstEvent, timeOf(turn), List.of(events));
  }

  private static void assertUnreadable(QuarantineCause cause, int event, String... parts) {
    assertThat(cause).isInstanceOf(QuarantineCause.UnreadableHistory.class);
    assertThat(((QuarantineCause.UnreadableHistory) cause).event()).isEqualTo(event);
    assertThat(cause.toFailure().message()).contains(parts).contains("event=" + event);
  }

  @Test
  void c21a_shouldSetAsideWhenThereIsNoStart() {
    assertUnreadable(oneCall().quarantined(), 0, "the start of the execution");
    assertUnreadable(oneCall().quarantined(new HistoryEvent.CancelRequested("")), 0, "start");
  }

  @Test
  void c21a_shouldSetAsideWhenItStartsTwice() {
    Scene scene = oneCall().past(started("x"), called("a", "x"));

    assertUnreadable(scene.quarantined(started("x")), 2, "a second start");
  }

  @Test
  void c21a_shouldSetAsideWhenATurnIsMissing() {
    Scene scene = oneCall().row(row(1, 0, started("x"), called("a", "x")));

    assertUnreadable(
        scene.row(row(3, 2, result(1, "r"))).quarantined(fired(9)), 2, "turn=2", "turn=3");
  }

  @Test
  void c21a_shouldSetAsideWhenEventNumbersHaveAGap() {
    Scene scene = oneCall().row(row(1, 0, started("x"), called("a", "x")));

    assertUnreadable(
        scene.row(row(2, 3, result(1, "r"))).quarantined(fired(9)),
        2,
        "firstEvent=2",
        "firstEvent=3");
  }

  @Test
  void c21a_shouldSetAsideWhenATurnIsAnotherInstances() {
    Scene scene = oneCall();
    scene.row(new HistoryRow(8, 1, 1, 0, timeOf(1), List.of(started("x"), called("a", "x"))));

    assertUnreadable(scene.quarantined(result(1, "r")), 0, "instance=7", "instance=8");
  }

  @Test
  void c21a_shouldSetAsideWhenATurnIsAnotherExecutions() {
    Scene scene = oneCall();
    scene.row(new HistoryRow(7, 2, 1, 0, timeOf(1), List.of(started("x"), called("a", "x"))));

    assertUnreadable(scene.quarantined(result(1, "r")), 0, "execution=1", "execution=2");
  }

  @Test
  void c21a_shouldSetAsideWhenAMessageFollowsAnAction() {
    Scene scene = oneCall().row(row(1, 0, started("x"), called("a", "x"), result(1, "r")));

    assertUnreadable(scene.quarantined(result(1, "r")), 2, "found a message");
  }

  @Test
  void c4b_shouldSetAsideWhenACompletionIsOfNoAction() {
    Scene scene = oneCall().past(started("x"), called("a", "x"));

    assertUnreadable(scene.quarantined(result(5, "r")), 2, "the result of event 5", "no action");
    assertUnreadable(scene.quarantined(result(-1, "r")), 2, "no action");
    assertUnreadable(scene.quarantined(result(1_000_000, "r")), 2, "no action");
    assertUnreadable(scene.quarantined(result(0, "r")), 2, "no action");
  }

  @Test
  void c4b_shouldSetAsideWhenACompletionIsOfAnotherKindOfAction() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.sleepUntil(java.time.Instant.EPOCH);
              ctx.waitFor(Event.named("go", String.class));
              return ctx.call(A, "1").await();
            });
    scene.past(started("x"), timer(0), awaited("go"), called("a", "1"));

    assertUnreadable(scene.quarantined(result(1, "r")), 4, "event=1 is a timer");
    assertUnreadable(scene.quarantined(result(2, "r")), 4, "event=2 is event go");
    assertUnreadable(scene.quarantined(fired(3)), 4, "event=3 is activity a");
  }

  @Test
  void c21b_shouldSetAsideWhenAResultCannotBeRead() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(A, "1").await();
              } catch (Exception e) {
                return "swallowed";
              }
            });
    scene.past(started("x"), called("a", "1"));

    QuarantineCause cause = scene.quarantined(new HistoryEvent.ActivityCompleted(1, UNREADABLE));

    assertUnreadable(cause, 2, "cannot read a value as java.lang.String", "marker=?");
  }

  @Test
  void c21b_shouldSetAsideWhenTheInputCannotBeRead() {
    assertUnreadable(
        oneCall().quarantined(new HistoryEvent.Started(UNREADABLE)), 0, "cannot read a value");
  }

  @Test
  void c21b_shouldSetAsideWhenAnEventsValueCannotBeRead() {
    Scene scene = Scene.of((ctx, input) -> ctx.waitFor(Event.named("go", String.class)).await());

    assertUnreadable(
        scene.quarantined(started("x"), new HistoryEvent.EventRaised("go", UNREADABLE)),
        1,
        "cannot read a value");
  }

  @Test
  void c21b_shouldGoOnWhenTheUnreadableValueIsNotAwaited() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.call(A, "1");
              return ctx.call(A, "2").await();
            });
    scene.past(started("x"), called("a", "1"), called("a", "2"));

    assertThat(
            scene.turn(
                new HistoryEvent.ActivityCompleted(1, UNREADABLE),
                new HistoryEvent.ActivityCompleted(2, text("r"))))
        .isEqualTo(completes("r"));
  }
}
