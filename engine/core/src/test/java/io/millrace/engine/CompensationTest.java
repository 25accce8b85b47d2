package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.Failure;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** C16h: code that was asked to stop may clean up, and not go on for ever. */
final class CompensationTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private final ConcurrentLinkedQueue<String> undone = new ConcurrentLinkedQueue<>();

  /** Waits, and when it is asked to stop undoes so many things, one after the other. */
  private Millrace openUndoing(int things) {
    return open(
        builder ->
            builder
                .limits(EngineLimits.defaults().withCompensationActionsMax(3))
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      try {
                        return ctx.waitFor(GO).await();
                      } catch (OrchestrationCancelledException e) {
                        for (int i = 0; i < things; i++) {
                          ctx.call(STEP, "undo" + i).await();
                        }
                        throw e;
                      }
                    })
                .activity(
                    STEP,
                    name -> {
                      undone.add(name);
                      return name;
                    }));
  }

  private Outcome<String> cancelled() {
    engine().start(FLOW, "one", "a");
    eventually(() -> engine().info("one").filter(info -> info.turns() > 0).orElse(null));
    engine().cancel("one", "enough");
    reopen();
    return engine().instance(FLOW, "one").outcome(SOON);
  }

  @Test
  void c16h_shouldFailTheInstanceWhoseCompensationGoesOnAndOn() {
    openUndoing(1_000);
    assertThat(cancelled())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              Failure.LimitExceeded failure = (Failure.LimitExceeded) failed.failure();
              assertThat(failure.limit()).isEqualTo("compensationActionsMax");
              assertThat(failure.message()).contains("compensationActionsMax=3");
            });
    assertThat(undone).containsOnly("undo0", "undo1", "undo2");
  }

  @Test
  void c16h_c16c_shouldLetACompensationWithinTheLimitEnd() {
    openUndoing(3);
    assertThat(cancelled()).isEqualTo(new Outcome.Cancelled<>("enough"));
    assertThat(undone).containsOnly("undo0", "undo1", "undo2");
  }
}
