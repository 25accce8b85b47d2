package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** C17: what differs between runs, and does not for code that asks its context. */
final class HelpersTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);

  private final ManualTime time = new ManualTime();
  private final List<String> before = new CopyOnWriteArrayList<>();
  private final List<String> after = new CopyOnWriteArrayList<>();
  private final List<Boolean> old = new CopyOnWriteArrayList<>();
  private final List<Boolean> fresh = new CopyOnWriteArrayList<>();

  private static String drawn(OrchestrationContext ctx) {
    return String.join(
        " ", ctx.now().toString(), ctx.newUuid().toString(), "" + ctx.random().nextLong());
  }

  private String run(OrchestrationContext ctx, String name) {
    before.add(drawn(ctx));
    old.add(ctx.isReplaying());
    old.add(!ctx.logger().isErrorEnabled());
    String went = ctx.waitFor(GO).await();
    after.add(drawn(ctx));
    fresh.add(ctx.isReplaying());
    fresh.add(!ctx.logger().isErrorEnabled());
    return went + ctx.waitFor(GO).await();
  }

  @Test
  void c17a_c17b_c17c_c17d_shouldGiveTheSameAtEveryRun() {
    open(builder -> builder.time(time).orchestration(FLOW, this::run));
    engine().start(FLOW, "flow", "a");
    eventually(() -> engine().info("flow").filter(info -> info.turns() == 1).orElse(null));
    assertThat(old).as("nothing is repeated yet").containsExactly(false, false);
    time.advance(1_000);
    reopen();
    engine().raise("flow", GO, "1");
    eventually(() -> engine().info("flow").filter(info -> info.turns() == 2).orElse(null));
    assertThat(old.subList(2, old.size())).as("repeated, silently").containsOnly(true);
    assertThat(fresh).as("beyond what is repeated").startsWith(false, false);
    time.advance(1_000);
    reopen();
    engine().raise("flow", GO, "2");
    assertThat(engine().instance(FLOW, "flow").result(SOON)).isEqualTo("12");
    assertThat(before).hasSizeGreaterThanOrEqualTo(3);
    assertThat(new HashSet<>(before)).as("the same whenever it runs").hasSize(1);
    assertThat(after).hasSizeGreaterThanOrEqualTo(2);
    assertThat(new HashSet<>(after)).hasSize(1).doesNotContain(before.get(0));
    assertThat(fresh).as("repeated in the end").endsWith(true, true);
  }
}
