package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** C14: one instance, many executions. */
final class ContinueAsNewTest extends EveryStore {

  private static final Event<String> ADD = Event.named("add", String.class);
  private static final StateKey<String> SEEN = StateKey.named("seen", String.class);
  private static final Orchestration<Integer, String> COUNTER =
      Orchestration.named("counter", Integer.class, String.class);
  private static final Orchestration<String, String> CHILD =
      Orchestration.named("child", String.class, String.class);

  private static MillraceBuilder counter(MillraceBuilder builder) {
    return builder.orchestration(
        COUNTER,
        (ctx, left) -> {
          String seen = ctx.get(SEEN);
          if (left == 0) {
            return seen + " in execution " + ctx.execution();
          }
          String added = ctx.waitFor(ADD).await();
          ctx.put(SEEN, seen == null ? added : seen + added);
          ctx.setStatus(Integer.class, left);
          return ctx.continueAsNew(COUNTER, left - 1);
        });
  }

  @Test
  void c14a_c14c_c14d_c12e_shouldCarryEventsAndValuesInOrder() {
    open(ContinueAsNewTest::counter);
    InstanceHandle<String> handle = engine().start(COUNTER, "c", 30);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      handle.raise(ADD, i + ",");
      expected.append(i).append(',');
    }
    assertThat(handle.result(SOON)).isEqualTo(expected + " in execution 31");
    assertThat(handle.info().execution()).isEqualTo(31);
  }

  @Test
  void c14c_c1a_shouldCarryEventsOverReopening() {
    open(ContinueAsNewTest::counter);
    engine().start(COUNTER, "c", 3);
    engine().pause("c");
    engine().raise("c", ADD, "a");
    engine().raise("c", ADD, "b");
    reopen();
    engine().resume("c");
    eventually(() -> engine().info("c").filter(info -> info.execution() == 3).orElse(null));
    reopen();
    engine().raise("c", ADD, "c");
    assertThat(engine().instance(COUNTER, "c").result(SOON)).isEqualTo("abc in execution 4");
  }

  @Test
  void c14b_shouldGoOnInAnotherVersion() {
    open(
        builder ->
            builder
                .orchestration(
                    FLOW, (ctx, name) -> ctx.continueAsNew(FLOW.withVersion("2"), name + "1"))
                .orchestration(
                    FLOW.withVersion("2"), (ctx, name) -> name + "2" + ctx.waitFor(ADD).await()));
    engine().start(FLOW, "c", "a");
    eventually(() -> engine().info("c").filter(info -> info.turns() > 0).orElse(null));
    reopen();
    assertThat(engine().info("c").orElseThrow().version()).isEqualTo("2");
    engine().raise("c", ADD, "!");
    assertThat(engine().instance(FLOW, "c").result(SOON)).isEqualTo("a12!");
  }

  @Test
  void c15i_c13g_shouldLeaveNothingOfTheFormerExecution() {
    open(
        builder ->
            builder
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      if (ctx.execution() == 1) {
                        ctx.callChild(CHILD, "first");
                        ctx.sleep(Duration.ofDays(1));
                        ctx.waitFor(ADD).await();
                        return ctx.continueAsNew(FLOW, "second");
                      }
                      return ctx.callChild(CHILD, name).await();
                    })
                .orchestration(CHILD, (ctx, name) -> name + ctx.waitFor(ADD).await()));
    engine().start(FLOW, "p", "a");
    eventually(() -> engine().info("p/1.1").filter(info -> info.turns() > 0).orElse(null));
    engine().raise("p", ADD, "x");
    assertThat(engine().instance(CHILD, "p/1.1").outcome(SOON))
        .isInstanceOf(Outcome.Cancelled.class);
    eventually(() -> engine().info("p/2.1").filter(info -> info.turns() > 0).orElse(null));
    reopen();
    engine().raise("p/2.1", ADD, "!");
    assertThat(engine().instance(FLOW, "p").result(SOON)).isEqualTo("second!");
  }
}
