package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.all;
import static io.millrace.engine.replaying.Scene.any;
import static io.millrace.engine.replaying.Scene.cancel;
import static io.millrace.engine.replaying.Scene.event;
import static io.millrace.engine.replaying.Scene.failure;
import static io.millrace.engine.replaying.Scene.fired;
import static io.millrace.engine.replaying.Scene.limit;
import static io.millrace.engine.replaying.Scene.on;
import static io.millrace.engine.replaying.Scene.raised;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.internal.replay.Wake;
import io.millrace.engine.internal.replay.WakeWatch;
import io.millrace.storage.orchestration.HistoryEvent;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which messages wake a waiting execution, and which wait in the inbox. */
class WakeWatchTest {

  /** Returns how many of the messages it takes; 0 if all do not wake. */
  private static int wokenBy(Wake wake, HistoryEvent.Message... messages) {
    WakeWatch watch = new WakeWatch(wake);
    for (int i = 0; i < messages.length; i++) {
      if (watch.arrived(messages[i])) {
        assertThat(watch.isFulfilled()).isTrue();
        return i + 1;
      }
    }
    return 0;
  }

  @Test
  void r22_shouldWakeByTheOneThatIsAwaited() {
    assertThat(wokenBy(on(1), result(2, "x"), raised("e", "x"), result(1, "x"))).isEqualTo(3);
    assertThat(wokenBy(on(1), failure(2, "x"), failure(1, "x"))).isEqualTo(2);
    assertThat(wokenBy(on(1), fired(2), fired(1))).isEqualTo(2);
  }

  @Test
  void r22_shouldAlwaysWakeByACancel() {
    for (Wake wake : List.of(on(1), event("e", 2), all(on(1), on(2)), any(on(1), on(2)))) {
      assertThat(wokenBy(wake, cancel(""))).isEqualTo(1);
    }
  }

  @Test
  void r22_shouldWakeByTheLastOfAll() {
    assertThat(wokenBy(all(on(1), on(2), on(3)), result(3, "x"), result(1, "x"), result(2, "x")))
        .isEqualTo(3);
    assertThat(wokenBy(all(on(1), on(2)), result(1, "x"), result(1, "x"))).isZero();
  }

  @Test
  void r22_shouldWakeByAFailedMemberOfAll() {
    assertThat(wokenBy(all(on(1), on(2), on(3)), result(3, "x"), failure(1, "x"))).isEqualTo(2);
    assertThat(wokenBy(settled(on(1), on(2)), failure(1, "x"))).isZero();
    assertThat(wokenBy(settled(on(1), on(2)), failure(1, "x"), result(2, "x"))).isEqualTo(2);
  }

  @Test
  void r22_shouldWakeByTheFirstOfAny() {
    assertThat(wokenBy(any(on(1), on(2)), result(3, "x"), result(2, "x"))).isEqualTo(2);
  }

  @Test
  void r22_shouldWakeByAsManyEventsAsAreMissing() {
    assertThat(wokenBy(event("e", 2), raised("e", "x"), raised("f", "x"), raised("e", "x")))
        .isEqualTo(3);
    assertThat(wokenBy(all(event("e", 1), event("e", 2)), raised("e", "x"), raised("e", "x")))
        .isEqualTo(2);
  }

  @Test
  void r22_shouldWakeByATimeLimit() {
    Wake wait = any(event("e", 1), limit(2));

    assertThat(wokenBy(wait, fired(2))).isEqualTo(1);
    assertThat(wokenBy(all(on(5), wait), fired(2))).isEqualTo(1);
    assertThat(wokenBy(all(on(5), wait), raised("e", "x"), result(5, "x"))).isEqualTo(2);
    assertThat(wokenBy(settled(on(5), wait), fired(2), result(5, "x"))).isEqualTo(2);
  }

  @Test
  void r22_shouldFollowNestedParts() {
    Wake wake = all(on(1), any(on(2), on(3)));

    assertThat(wokenBy(wake, result(2, "x"), result(3, "x"), result(1, "x"))).isEqualTo(3);
    assertThat(wokenBy(wake, failure(3, "x"))).isEqualTo(1);
    assertThat(wokenBy(any(all(on(1), on(2)), on(3)), result(1, "x"), result(3, "x"))).isEqualTo(2);
    assertThat(wokenBy(any(all(on(1), on(2)), on(3)), result(1, "x"), result(2, "x"))).isEqualTo(2);
  }

  @Test
  void r22_shouldFollowOneActionInSeveralPlaces() {
    assertThat(wokenBy(all(on(1), on(1)), result(1, "x"))).isEqualTo(1);
    assertThat(wokenBy(all(any(on(1), on(2)), all(on(1), on(3))), result(1, "x"), result(3, "x")))
        .isEqualTo(2);
  }

  @Test
  void r22_shouldNotCountAnEventThatComesAfterItsPartWasSatisfied() {
    // The first "e" fulfils its part; the second must not count for the call that is still missing.
    assertThat(
            wokenBy(
                all(event("e", 1), on(5), on(6)),
                raised("e", "x"),
                raised("e", "x"),
                result(5, "x")))
        .isZero();
    assertThat(
            wokenBy(
                all(event("e", 1), on(5), on(6)),
                raised("e", "x"),
                raised("e", "x"),
                raised("e", "x"),
                result(5, "x"),
                result(6, "x")))
        .isEqualTo(5);
  }

  @Test
  void r22_shouldNotCountTwiceWhatAnAnyHasAlreadyGiven() {
    Wake wake = all(any(on(1), on(2)), on(3));
    assertThat(wokenBy(wake, result(1, "x"), result(2, "x"))).isZero();
    assertThat(wokenBy(wake, result(1, "x"), result(2, "x"), result(3, "x"))).isEqualTo(3);
  }

  @Test
  void r22_shouldWakeByAChild() {
    assertThat(wokenBy(on(1), Scene.childResult(2, "x"), Scene.childResult(1, "x"))).isEqualTo(2);
    assertThat(wokenBy(all(on(1), on(2)), Scene.childFailure(1, "c", "x"))).isEqualTo(1);
    assertThat(wokenBy(settled(on(1), on(2)), Scene.childFailure(1, "c", "x"))).isZero();
    assertThat(wokenBy(all(on(1), on(2)), Scene.childResult(1, "x"), Scene.childResult(2, "x")))
        .isEqualTo(2);
  }

  @Test
  void r22_shouldTakeAPassedTimeLimitForAFailureInAJoin() {
    assertThat(wokenBy(all(on(1), limit(2)), fired(2))).isEqualTo(1);
    assertThat(wokenBy(settled(on(1), limit(2)), fired(2))).isZero();
    assertThat(wokenBy(all(on(1), on(2)), fired(2))).as("a timer of its own").isZero();
  }

  @Test
  void r22_shouldNotGrowSlowWithTheNumberAwaited() {
    int many = 100_000;
    WakeWatch watch =
        new WakeWatch(
            new Wake.All(
                IntStream.range(0, many)
                    .mapToObj(Wake.Completion::new)
                    .map(Wake.class::cast)
                    .toList(),
                true));

    // Quadratic work here would be ten thousand million steps.
    for (int action = 0; action < many - 1; action++) {
      assertThat(watch.arrived(result(action, "x"))).isFalse();
    }
    assertThat(watch.arrived(result(many - 1, "x"))).isTrue();
  }
}
