package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.orchestration.InstanceStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** C16: an operator holds instances and lets them go on. */
final class PauseTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);

  @Test
  void c16j_shouldRunNoTurnWhilePausedAndGoOnWhenResumed() {
    open(builder -> builder.orchestration(FLOW, (ctx, name) -> ctx.waitFor(GO).await()));
    InstanceHandle<String> handle = engine().start(FLOW, "one", "a");
    engine().resume("one");
    engine().pause("one");
    engine().pause("one");
    handle.raise(GO, "went");
    assertThat(handle.info().status()).isEqualTo(InstanceStatus.PAUSED);
    assertThatThrownBy(() -> handle.result(Duration.ofMillis(50)))
        .isInstanceOf(ResultTimeoutException.class)
        .hasMessageContaining("status=PAUSED");
    reopen();
    assertThatThrownBy(() -> engine().instance(FLOW, "one").result(Duration.ofMillis(50)))
        .hasMessageContaining("status=PAUSED");
    engine().resume("one");
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("went");
    assertThatThrownBy(() -> engine().pause("one"))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("ended");
  }

  @Test
  void c16j_shouldKeepWhatActivitiesBringWhilePaused() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    open(
        builder ->
            builder
                .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
                .activity(
                    STEP,
                    name -> {
                      running.countDown();
                      release.await();
                      return name + "!";
                    }));
    engine().start(FLOW, "one", "a");
    running.await();
    engine().pause("one");
    release.countDown();
    eventually(() -> engine().statistics().activitiesCompleted() == 1 ? true : null);
    assertThat(engine().info("one").orElseThrow().status()).isEqualTo(InstanceStatus.PAUSED);
    reopen();
    engine().resume("one");
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a!");
  }

  @Test
  void c16i_shouldEndAtOnceWhenTerminatedWhilePaused() {
    open(builder -> builder.orchestration(FLOW, (ctx, name) -> ctx.waitFor(GO).await()));
    engine().start(FLOW, "one", "a");
    engine().pause("one");
    reopen();
    engine().terminate("one", "enough");
    assertThat(engine().instance(FLOW, "one").outcome(SOON))
        .isEqualTo(new Outcome.Terminated<String>("enough"));
  }

  @Test
  void c16j_shouldRefuseToPauseWhatIsNotThere() {
    open(builder -> builder.orchestration(FLOW, (ctx, name) -> name));
    assertThatThrownBy(() -> engine().pause("nobody"))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("id=nobody");
  }
}
