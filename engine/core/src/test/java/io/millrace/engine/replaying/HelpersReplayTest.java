package io.millrace.engine.replaying;

import static io.millrace.engine.replaying.Scene.A;
import static io.millrace.engine.replaying.Scene.called;
import static io.millrace.engine.replaying.Scene.completes;
import static io.millrace.engine.replaying.Scene.result;
import static io.millrace.engine.replaying.Scene.started;
import static io.millrace.engine.replaying.Scene.timeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.Replayer;
import io.millrace.engine.internal.replay.Turn;
import io.millrace.engine.internal.replay.TurnLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Time, chance, identity and the logger: the same at every replay. */
class HelpersReplayTest {

  private final List<String> seen = new ArrayList<>();

  private List<String> seenBy(Runnable run) {
    seen.clear();
    run.run();
    return List.copyOf(seen);
  }

  private void runFresh(String id, long instance, int execution, long atMillis) {
    OrchestrationFunction<String, String> code =
        (ctx, input) -> {
          seen.add(ctx.newUuid().toString());
          seen.add(String.valueOf(ctx.random().nextLong()));
          return "done";
        };
    new Replayer(new TextCodec(), TurnLimits.DEFAULT, seen::add)
        .run(
            new Turn(
                new OrchestrationCode<>(
                    Orchestration.named("scene", String.class, String.class), code),
                id,
                instance,
                execution,
                List.of(),
                List.of(started("x")),
                atMillis));
  }

  @Test
  void c17a_shouldGiveTheTurnsTimeAndTheSameAtReplay() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              seen.add(String.valueOf(ctx.now().toEpochMilli()));
              ctx.call(A, "1").await();
              seen.add(String.valueOf(ctx.now().toEpochMilli()));
              ctx.call(A, "2").await();
              return String.valueOf(ctx.now().toEpochMilli());
            });
    scene.past(started("x"), called("a", "1")).past(result(1, "r"), called("a", "2"));

    assertThat(scene.turn(result(3, "s"))).isEqualTo(completes(String.valueOf(timeOf(3))));
    assertThat(seen).containsExactly(String.valueOf(timeOf(1)), String.valueOf(timeOf(2)));
  }

  @Test
  void c17b_shouldDrawTheSameAtReplay() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              seen.add(ctx.newUuid().toString());
              seen.add(String.valueOf(ctx.random().nextInt(1_000_000)));
              ctx.call(A, "1").await();
              seen.add(ctx.newUuid().toString());
              ctx.call(A, "2").await();
              return "done";
            });

    List<String> first = seenBy(() -> scene.turn(started("x")));
    scene.past(started("x"), called("a", "1"));
    List<String> second = seenBy(() -> scene.turn(result(1, "r")));
    scene.past(result(1, "r"), called("a", "2"));
    List<String> third = seenBy(() -> scene.turn(result(3, "s")));

    assertThat(first).hasSize(2);
    assertThat(second).hasSize(3).startsWith(first.toArray(String[]::new));
    assertThat(third).isEqualTo(second);
  }

  @Test
  void c17b_shouldDrawOthersForAnotherInstanceExecutionAndStart() {
    Set<String> all = new HashSet<>();
    all.addAll(seenBy(() -> runFresh("order-1", 1, 1, 1_000)));
    all.addAll(seenBy(() -> runFresh("order-2", 1, 1, 1_000)));
    all.addAll(seenBy(() -> runFresh("order-1", 2, 1, 1_000)));
    all.addAll(seenBy(() -> runFresh("order-1", 1, 2, 1_000)));
    all.addAll(seenBy(() -> runFresh("order-1", 1, 1, 1_001)));

    assertThat(all).hasSize(10);
    assertThat(all).containsAll(seenBy(() -> runFresh("order-1", 1, 1, 1_000)));
  }

  /** Computed once by another program: a live instance must draw the same in every version. */
  @Test
  void c17b_shouldDrawWhatEveryVersionDraws() {
    assertThat(seenBy(() -> runFresh("order-1", 1, 1, 1_000)))
        .containsExactly("2a8474df-8f6d-8b9c-a2e3-7118b9ef0c4d", "1389898794056767600");
    assertThat(seenBy(() -> runFresh("order-2", 1, 1, 1_000)))
        .containsExactly("a55e72ea-ac41-893f-ae29-2b542a366f9e", "7307906689643472486");
  }

  @Test
  void c17b_shouldKeepWhatIsDrawnAfterAnEventWhenADrawIsAddedBefore() {
    Scene before =
        Scene.of(
            (ctx, input) -> {
              ctx.call(A, "1");
              return ctx.newUuid().toString();
            });
    Scene after =
        Scene.of(
            (ctx, input) -> {
              ctx.newUuid();
              ctx.call(A, "1");
              return ctx.newUuid().toString();
            });

    assertThat(after.turn(started("x"))).isEqualTo(before.turn(started("x")));
  }

  @Test
  void c17b_shouldDrawDifferentUuidsOfVersionEight() {
    Set<UUID> uuids = new HashSet<>();
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              for (int i = 0; i < 100_000; i++) {
                uuids.add(ctx.newUuid());
              }
              return "done";
            });

    scene.turn(started("x"));

    assertThat(uuids).hasSize(100_000).allMatch(uuid -> uuid.version() == 8 && uuid.variant() == 2);
  }

  @Test
  void c17b_shouldSpreadOverTheWholeRange() {
    int[] buckets = new int[16];
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              RandomGenerator random = ctx.random();
              for (int i = 0; i < 16_000; i++) {
                buckets[random.nextInt(16)]++;
              }
              return "done";
            });

    scene.turn(started("x"));

    assertThat(java.util.stream.IntStream.of(buckets))
        .allMatch(count -> count > 800 && count < 1_200);
  }

  @Test
  void c17c_shouldTellWhenItReplays() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              seen.add(String.valueOf(ctx.isReplaying()));
              ctx.call(A, "1").await();
              seen.add(String.valueOf(ctx.isReplaying()));
              return ctx.instanceId() + "/" + ctx.execution();
            });

    assertThat(seenBy(() -> scene.turn(started("x")))).containsExactly("false");
    scene.past(started("x"), called("a", "1"));
    assertThat(scene.turn(result(1, "r"))).isEqualTo(completes("scene-1/1"));
    assertThat(seen).containsExactly("false", "true", "false");
  }

  @Test
  void c17d_shouldLogOnlyWhatIsNew() {
    Scene scene =
        Scene.of(
            (ctx, input) -> {
              Logger log = ctx.logger();
              seen.add("first " + log.isErrorEnabled());
              try {
                ctx.call(A, "1").await();
                seen.add("second " + log.isErrorEnabled());
                ctx.call(A, "2").await();
              } finally {
                seen.add("finally " + log.isErrorEnabled());
              }
              return "done";
            });
    scene.past(started("x"), called("a", "1"));

    scene.turn(result(1, "r"));

    assertThat(seen).containsExactly("first false", "second true", "finally false");
  }
}
