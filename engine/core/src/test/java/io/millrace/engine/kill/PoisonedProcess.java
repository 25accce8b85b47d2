package io.millrace.engine.kill;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.Activity;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * A process that starts a thousand innocents and a poisoned one in their midst, then waits for the
 * innocents. The poisoned one halts it, whenever it runs.
 */
final class PoisonedProcess {

  static final int HALTED = 66;
  static final int INNOCENTS = 1_000;
  static final int CRASHES_MAX = 2;
  static final String POISON = "poison";
  static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);

  private static final Activity<String, String> WORK =
      Activity.named("work", String.class, String.class);

  private PoisonedProcess() {}

  static MillraceBuilder register(MillraceBuilder builder, String poison) {
    return builder
        .limits(
            EngineLimits.defaults().withCrashesMax(CRASHES_MAX).withTurnAttemptsMax(CRASHES_MAX))
        .activityWorkers(4)
        .orchestration(
            FLOW,
            (ctx, id) -> {
              String did = ctx.call(WORK, id).await();
              halt(poison.equals("turn") && id.equals(POISON));
              return did;
            })
        .activity(
            WORK,
            id -> {
              halt(poison.equals("activity") && id.equals(POISON));
              return "did " + id;
            });
  }

  private static void halt(boolean poisoned) {
    if (poisoned) {
      Runtime.getRuntime().halt(HALTED);
    }
  }

  /**
   * Runs until all innocents are through, or it is halted.
   *
   * @param arguments the data directory, the journal's kind, what is poisoned
   */
  public static void main(String[] arguments) {
    try (Millrace millrace =
        register(Millrace.builder(Path.of(arguments[0])), arguments[2])
            .journal(JournalKind.valueOf(arguments[1]))
            .open()) {
      CompletableFuture<?>[] ends = new CompletableFuture<?>[INNOCENTS];
      for (int i = 0; i < INNOCENTS; i++) {
        String id = "innocent" + i;
        ends[i] = millrace.startAsync(FLOW, id, id).thenCompose(handle -> handle.resultAsync());
        if (i == INNOCENTS / 2) {
          var unused = millrace.startAsync(FLOW, POISON, POISON);
        }
      }
      CompletableFuture.allOf(ends).join();
    }
  }
}
