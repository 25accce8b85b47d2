package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.FlushPolicy;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.payload.TypeRef;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Looking at instances (C40, C43), checking and releasing them (C20), deleting them (C41). */
final class InstancesTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private static final Orchestration<String, String> PARENT =
      Orchestration.named("parent", String.class, String.class);
  private static final Orchestration<String, String> SECOND = FLOW.withVersion("2");

  private MillraceBuilder setup(MillraceBuilder builder) {
    return builder
        .orchestration(FLOW, (ctx, in) -> ctx.call(STEP, in).await())
        .orchestration(SECOND, (ctx, in) -> ctx.waitFor(GO).await())
        .orchestration(PARENT, (ctx, in) -> ctx.callChild(SECOND, in).await())
        .activity(STEP, in -> in + "!");
  }

  /** The same, but the code of the first version asks for something else. */
  private MillraceBuilder changed(MillraceBuilder builder) {
    return builder
        .orchestration(FLOW, (ctx, in) -> ctx.waitFor(GO).await())
        .orchestration(SECOND, (ctx, in) -> ctx.call(STEP, in).await())
        .activity(STEP, in -> in + "!");
  }

  private List<String> ids(InstanceFilter filter) {
    return engine().instances().list(filter, Page.first(100)).stream()
        .map(InstanceInfo::id)
        .toList();
  }

  private void waits(String id) {
    eventually(() -> engine().info(id).filter(info -> info.turns() > 0).orElse(null));
  }

  @Test
  void c40a_c43a_shouldListNewestFirstInPagesWhatWasAcknowledged() {
    open(this::setup);
    for (int i = 0; i < 5; i++) {
      engine().start(SECOND, "i" + i, "a");
    }
    Page page = Page.first(2);
    List<InstanceInfo> found = engine().instances().list(InstanceFilter.ALL, page);
    assertThat(found).extracting(InstanceInfo::id).containsExactly("i4", "i3");
    found = engine().instances().list(InstanceFilter.ALL, page.after(found));
    assertThat(found).extracting(InstanceInfo::id).containsExactly("i2", "i1");
    reopen();
    assertThat(ids(InstanceFilter.ALL)).containsExactly("i4", "i3", "i2", "i1", "i0");
  }

  @Test
  void r14_shouldReadWithoutWaitingWhenAsked() {
    open(builder -> setup(builder).flush(FlushPolicy.manual()));
    engine().start(SECOND, "one", "a");
    Instances asApplied = engine().instances().asApplied();
    if (survives() && place != Place.CROWDED) {
      assertThat(asApplied.info("one")).as("nobody has asked the store to catch up").isEmpty();
    }
    assertThat(engine().instances().info("one")).isPresent();
    assertThat(asApplied.info("one")).as("now it has").isPresent();
    assertThat(asApplied.list(InstanceFilter.ALL, Page.first(10))).hasSize(1);
  }

  @Test
  void c40b_c19d_shouldFilterAndCountByVersion() {
    open(this::setup);
    engine().start(FLOW, "done-1", "a").result(SOON);
    engine().start(SECOND, "open-1", "a");
    engine().start(SECOND, "open-2", "a");
    assertThat(ids(InstanceFilter.ALL.ended())).containsExactly("done-1");
    assertThat(ids(InstanceFilter.ALL.withIdPrefix("open"))).containsExactly("open-2", "open-1");
    assertThat(ids(InstanceFilter.ALL.withOrchestration("flow").withVersion("1")))
        .containsExactly("done-1");
    assertThat(ids(InstanceFilter.ALL.withStatuses(EnumSet.of(InstanceStatus.RUNNING)))).hasSize(2);
    reopen();
    assertThat(engine().instances().byVersion("flow")).isEqualTo(Map.of("2", 2L));
    assertThat(ids(InstanceFilter.ALL.withIdPrefix("open"))).containsExactly("open-2", "open-1");
    engine().start(PARENT, "parent", "a");
    waits("parent");
    long parent = engine().info("parent").orElseThrow().number();
    assertThat(ids(InstanceFilter.ALL.withParent(parent))).containsExactly("parent/1.1");
    long created = engine().info("open-1").orElseThrow().createdAt().toEpochMilli();
    assertThat(ids(InstanceFilter.ALL.createdBetween(created, Long.MAX_VALUE)))
        .contains("open-1", "open-2", "parent");
    assertThat(ids(InstanceFilter.ALL.createdBetween(0, created))).doesNotContain("open-1");
  }

  @Test
  void c40c_c40d_shouldShowInfoAndHistory() {
    open(this::setup);
    engine().start(FLOW, "one", "a").result(SOON);
    reopen();
    assertThat(engine().instances().info("one").orElseThrow().status())
        .isEqualTo(InstanceStatus.COMPLETED);
    assertThat(engine().instances().info("none")).isEmpty();
    assertThat(engine().instances().executions("one")).isEmpty();
    var turns = engine().instances().history("one", 1, 1, 100);
    assertThat(turns).hasSize(2);
    assertThat(engine().instances().history("one", 1, 2, 100)).hasSize(1);
    var started = (HistoryEvent.Started) turns.get(0).events().get(0);
    assertThat(engine().instances().text(started.input())).isEqualTo("\"a\"");
    assertThat(engine().instances().decode(started.input(), TypeRef.of(String.class)))
        .isEqualTo("a");
    assertThatThrownBy(() -> engine().instances().history("none", 1, 1, 1))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("id=none");
  }

  @Test
  void c40e_shouldShowChildrenAndTree() {
    open(this::setup);
    engine().start(PARENT, "parent", "a");
    String child =
        eventually(
            () ->
                engine().instances().children("parent", Page.first(10)).stream()
                    .map(InstanceInfo::id)
                    .findFirst()
                    .orElse(null));
    assertThat(engine().instances().tree(child, Page.first(10)))
        .extracting(InstanceInfo::id)
        .containsExactly(child, "parent");
  }

  @Test
  void c20i_c20l_c20m_c20n_shouldCheckGroupAndReleaseWhatDiverges() {
    open(this::setup);
    engine().start(SECOND, "one", "a");
    engine().start(SECOND, "two", "a");
    waits("one");
    waits("two");
    assertThat(engine().instances().replayCheck(InstanceFilter.ALL).fits()).isTrue();
    if (!survives()) {
      return;
    }
    reopen(this::changed);
    ReplayReport report =
        engine().instances().replayCheck(InstanceFilter.ALL.withOrchestration("flow"));
    assertThat(report.checked()).isEqualTo(2);
    assertThat(report.divergences())
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.report()).contains("history holds"));
    engine().raise("one", GO, "x");
    engine().raise("two", GO, "x");
    List<QuarantineGroup> groups =
        eventually(
            () -> {
              List<QuarantineGroup> found = engine().instances().quarantinedBy();
              return !found.isEmpty() && found.get(0).count() == 2 ? found : null;
            });
    assertThat(engine().status("one")).contains(InstanceStatus.QUARANTINED);
    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).cause()).isEqualTo("nondeterminism");
    assertThat(groups.get(0).ids()).containsExactlyInAnyOrder("one", "two");
    assertThat(engine().instances().release(InstanceFilter.ALL.withIdPrefix("one"))).isEqualTo(1);
    reopen(this::setup);
    assertThat(engine().instance(SECOND, "one").result(SOON)).isEqualTo("x");
    assertThat(engine().instance(SECOND, "two").result(SOON)).isEqualTo("x");
    assertThat(engine().instances().quarantinedBy()).isEmpty();
  }

  @Test
  void c41a_c41b_c41d_shouldDeleteATreeAndGiveTheIdFree() {
    open(this::setup);
    engine().start(PARENT, "parent", "a");
    waits("parent");
    assertThatThrownBy(() -> engine().instances().delete("parent", false))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("has not ended");
    engine().instances().delete("parent", true);
    assertThat(ids(InstanceFilter.ALL)).isEmpty();
    reopen();
    assertThat(ids(InstanceFilter.ALL)).isEmpty();
    assertThat(engine().info("parent")).isEmpty();
    assertThat(engine().start(FLOW, "parent", "b").created()).isTrue();
    assertThat(engine().instance(FLOW, "parent").result(SOON)).isEqualTo("b!");
  }

  @Test
  void c41e_shouldPurgeByFilterAndRefuseAnEmptyOne() {
    open(this::setup);
    for (int i = 0; i < 300; i++) {
      engine().startAsync(FLOW, "done-" + i, "a").join();
    }
    for (int i = 0; i < 300; i++) {
      engine().instance(FLOW, "done-" + i).result(SOON);
    }
    engine().start(SECOND, "open", "a");
    assertThatThrownBy(() -> engine().instances().purge(InstanceFilter.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("purgeEverythingFinished");
    assertThat(engine().instances().purge(InstanceFilter.ALL.withIdPrefix("done-1")))
        .isEqualTo(111);
    assertThat(engine().instances().purgeEverythingFinished()).isEqualTo(189);
    reopen();
    assertThat(ids(InstanceFilter.ALL)).containsExactly("open");
  }

  @Test
  void c42c_shouldExportAHistory() {
    open(this::setup);
    engine().start(FLOW, "one", "a").result(SOON);
    InstanceHistory history = engine().instances().export("one");
    assertThat(InstanceHistory.ofBytes(history.toBytes())).isEqualTo(history);
    assertThat(history.turnsOf(1)).hasSize(2);
  }
}
