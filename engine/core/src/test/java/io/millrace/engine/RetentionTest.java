package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.orchestration.InstanceFilter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is deleted leaves the store, and what need not be kept is deleted (C41). */
final class RetentionTest extends EveryStore {

  private static final Orchestration<Integer, Integer> COUNT =
      Orchestration.named("count", Integer.class, Integer.class);
  private static final Orchestration<String, String> PARENT =
      Orchestration.named("parent", String.class, String.class);
  private static final Event<String> GO = Event.named("go", String.class);

  private final ManualTime time = new ManualTime();

  private MillraceBuilder setup(MillraceBuilder builder) {
    return builder
        .time(time)
        .orchestration(FLOW, (ctx, in) -> ctx.call(STEP, in).await())
        .orchestration(PARENT, (ctx, in) -> ctx.callChild(FLOW, in).await())
        .orchestration(FLOW.withVersion("2"), (ctx, in) -> ctx.waitFor(GO).await())
        .orchestration(
            COUNT,
            (ctx, left) -> {
              if (left > 0) {
                return ctx.continueAsNew(COUNT, left - 1);
              }
              ctx.waitFor(GO).await();
              return 0;
            })
        .activity(STEP, in -> in + "!");
  }

  private void runs(String... ids) {
    for (String id : ids) {
      assertThat(engine().start(FLOW, id, "a").result(SOON)).isEqualTo("a!");
    }
  }

  private List<String> ids() {
    return engine().instances().list(InstanceFilter.ALL, Page.first(100)).stream()
        .map(InstanceInfo::id)
        .toList();
  }

  /** Reads hurry the store, so that the sweeper need not wait for its flush policy. */
  private void swept(long trees) {
    eventually(
        () -> {
          engine().instances().info("any");
          return engine().statistics().treesSwept() >= trees ? true : null;
        });
  }

  @Test
  void r20_c41a_shouldTakeDeletedTreesOutOfTheStore() {
    open(this::setup);
    runs("one", "two");
    assertThat(engine().start(PARENT, "three", "b").result(SOON)).isEqualTo("b!");
    engine().start(FLOW.withVersion("2"), "four", "a");
    engine().instances().delete("one", false);
    engine().instances().delete("three", false);
    engine().instances().delete("four", true);
    swept(3);
    assertThat(engine().statistics().treesDeleted()).isEqualTo(3);
    reopen();
    assertThat(ids()).containsExactly("two");
    runs("one");
    assertThat(ids()).containsExactly("one", "two");
  }

  @Test
  void r20_shouldSweepAfterReopeningWhatWasDeletedBefore() {
    open(this::setup);
    for (int i = 0; i < 70; i++) {
      runs("i" + i);
    }
    assertThat(engine().instances().purgeEverythingFinished()).isEqualTo(70);
    long before = engine().statistics().treesSwept();
    reopen();
    swept(survives() ? Math.min(1, 70 - before) : 70);
    runs("i3");
    assertThat(ids()).containsExactly("i3");
  }

  @Test
  void r20_shouldSweepATreeWithMoreRowsThanOneCommandTakes() {
    Orchestration<String, String> wide = Orchestration.named("wide", String.class, String.class);
    open(
        builder ->
            setup(builder)
                .orchestration(
                    wide,
                    (ctx, in) -> {
                      for (int i = 0; i < 2_500; i++) {
                        var unused = ctx.sleep(Duration.ofDays(1));
                      }
                      return ctx.waitFor(GO).await();
                    }));
    engine().start(wide, "wide", "a");
    eventually(() -> engine().info("wide").filter(info -> info.turns() > 0).orElse(null));
    engine().instances().delete("wide", true);
    swept(1);
    assertThat(ids()).isEmpty();
  }

  @Test
  void c41g_shouldDeleteByAge() {
    open(
        builder ->
            setup(builder).retention(Retention.forever().withFinishedFor(Duration.ofHours(1))));
    runs("old");
    engine().start(FLOW.withVersion("2"), "runs", "a");
    time.advance(Duration.ofMinutes(50).toMillis());
    runs("young");
    assertThat(ids()).containsExactly("young", "runs", "old");
    eventually(
        () -> {
          time.advance(Duration.ofMinutes(1).toMillis());
          return ids().contains("old") ? null : true;
        });
    assertThat(ids()).contains("runs");
    reopen();
    assertThat(ids()).doesNotContain("old").contains("runs");
  }

  @Test
  void c41g_shouldDeleteByNumber() {
    open(builder -> setup(builder).retention(Retention.forever().withFinishedMax(2)));
    engine().start(FLOW.withVersion("2"), "runs", "a");
    runs("one", "two", "three", "four");
    eventually(
        () -> {
          time.advance(Duration.ofMinutes(1).toMillis());
          return ids().size() <= 3 ? true : null;
        });
    assertThat(ids()).containsExactly("four", "three", "runs");
  }

  @Test
  void c41f_shouldKeepSoManyEarlierExecutionsAndTheCurrentOne() {
    open(builder -> setup(builder).retention(Retention.forever().withExecutionsMax(2)));
    engine().start(COUNT, "counts", 5);
    eventually(
        () ->
            engine()
                .info("counts")
                .filter(info -> info.execution() == 6 && info.turns() > 0)
                .orElse(null));
    assertThat(engine().instances().executions("counts"))
        .extracting(ExecutionInfo::execution)
        .containsExactly(5, 4);
    assertThat(engine().instances().history("counts", 3, 1, 10)).isEmpty();
    assertThat(engine().instances().history("counts", 4, 1, 10)).isNotEmpty();
    reopen();
    engine().instance(COUNT, "counts").raise(GO, "now");
    assertThat(engine().instance(COUNT, "counts").result(SOON)).isZero();
  }

  @Test
  void c41f_shouldPruneOnDemandAndNeverTheCurrentExecution() {
    open(this::setup);
    engine().start(COUNT, "counts", 3);
    eventually(
        () ->
            engine()
                .info("counts")
                .filter(info -> info.execution() == 4 && info.turns() > 0)
                .orElse(null));
    assertThat(engine().instances().executions("counts")).hasSize(3);
    engine().instances().prune("counts", 1);
    assertThat(engine().instances().executions("counts"))
        .extracting(ExecutionInfo::execution)
        .containsExactly(3);
    engine().instances().prune("counts", 0);
    reopen();
    assertThat(engine().instances().executions("counts")).isEmpty();
    assertThat(engine().instances().history("counts", 4, 1, 10)).isNotEmpty();
    engine().instance(COUNT, "counts").raise(GO, "now");
    assertThat(engine().instance(COUNT, "counts").result(SOON)).isZero();
    assertThatThrownBy(() -> engine().instances().prune("nobody", 1))
        .isInstanceOf(CommandRefusedException.class);
  }
}
