package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.CHILD;
import static io.millrace.engine.replaying.Scene.K;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.child;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.put;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.status;
import static io.millrace.engine.replaying.Scene.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.CallOptions;
import io.millrace.engine.ChildOptions;
import io.millrace.engine.RecordedDifference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What history holds and code gives anew need not be equal, but must not differ unseen (C20). */
class RecordedDifferencesTest {

  private static List<String> differing(Scene scene) {
    assertThat(scene.examine(true).cause()).isNull();
    return scene.examine(true).differences().stream()
        .map(RecordedDifferencesTest::inShort)
        .toList();
  }

  private static String inShort(RecordedDifference one) {
    return one.event() + " " + one.what() + ": " + one.recorded() + " -> " + one.given();
  }

  @Test
  void c20h_shouldTellOfAStatusAndAKeysValue() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.setStatus(String.class, "new");
              ctx.put(K, "new");
              return ctx.call(A, "1").await();
            });
    scene.past(started("x"), status("old"), put("k", "old"), called("a", "1"));
    assertThat(differing(scene))
        .containsExactly("1 the custom status: old -> new", "2 the value of key k: old -> new");
  }

  @Test
  void c20h_shouldTellOfAChildsInputAndId() {
    Scene scene =
        Scene.of(
            (ctx, input) ->
                ctx.callChild(CHILD, "new", ChildOptions.DEFAULTS.withId("new-id")).await());
    scene.past(started("x"), child("child", "1", "old-id", "old"));
    assertThat(differing(scene))
        .containsExactly(
            "1 the input of child child@1: old -> new",
            "1 the id of child child@1: old-id -> new-id");
  }

  @Test
  void c20h_shouldTellOfTheOptionsOfACall() {
    Scene scene =
        Scene.of(
            (ctx, input) ->
                ctx.call(A, "1", CallOptions.DEFAULTS.withStartToClose(Duration.ofMillis(1_234)))
                    .await());
    scene.past(started("x"), called("a", "1"));
    assertThat(differing(scene)).hasSize(1);
    assertThat(differing(scene).get(0))
        .startsWith("1 the options of activity a: null -> ")
        .contains("1234");
  }

  @Test
  void c20h_shouldTellOfNothingWhereAllIsAsItWas() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.setStatus(String.class, "s");
              ctx.put(K, "v");
              ctx.sleep(Duration.ofSeconds(1));
              return ctx.callChild(CHILD, "1", ChildOptions.DEFAULTS.withId("id")).await();
            });
    scene.past(
        started("x"),
        status("s"),
        put("k", "v"),
        timer(Scene.timeOf(1) + 1_000),
        child("child", "1", "id", "1"));
    assertThat(differing(scene)).isEmpty();
  }

  @Test
  void c20g_shouldWarnOnceOfADeadlineThatMoved() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.sleep(Duration.ofSeconds(9));
              return ctx.call(A, "newer").await();
            });
    scene.past(started("x"), timer(Scene.timeOf(1)), called("a", "old"));

    assertThat(scene.turn(result(2, "r"))).isEqualTo(completes("r"));

    assertThat(scene.warnings).hasSize(1);
    assertThat(scene.warnings.get(0))
        .contains(
            "event=1 what=the deadline of a timer recorded=a timer until 2023-11-14T22:13:21Z"
                + " now=a timer until 2023-11-14T22:13:30Z");
  }

  @Test
  void c20g_shouldNotWarnWhereNothingDiffers() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              ctx.sleep(Duration.ofSeconds(1));
              return ctx.call(A, "1").await();
            });
    scene.past(started("x"), timer(Scene.timeOf(1) + 1_000), called("a", "1"));
    assertThat(scene.turn(result(2, "r"))).isEqualTo(completes("r"));
    assertThat(scene.warnings).isEmpty();
  }

  @Test
  void c20h_shouldSayThatAValueCannotBeCompared() {
    Scene scene = Scene.of((ctx, input) -> ctx.call(A, TextCodec.UNWRITABLE).await());
    scene.past(started("x"), called("a", "old"));
    assertThat(differing(scene)).hasSize(1);
    assertThat(differing(scene).get(0)).contains("cannot be compared", "too long");
  }

  @Test
  void c20n_shouldNotThrowAtCodeThatWaitsWhereHistoryEnds() {
    List<Throwable> seen = new ArrayList<>();
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              try {
                return ctx.call(A, "1").await();
              } catch (RuntimeException e) {
                seen.add(e);
                throw e;
              }
            });
    scene.past(started("x"), called("a", "1"));
    assertThat(scene.examine(false).cause()).isNull();
    assertThat(seen).isEmpty();
  }
}
