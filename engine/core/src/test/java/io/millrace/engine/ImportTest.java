package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.orchestration.HistoryEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A history is exported and brought in elsewhere (C42). */
final class ImportTest extends EveryStore {

  /** Known to the other directory under another number. */
  record Order(String customer, List<Integer> amounts) {}

  /** The first type of the other directory. */
  record Other(String name) {}

  private static final Orchestration<Order, Order> SHIP =
      Orchestration.named("ship", Order.class, Order.class);
  private static final Orchestration<Other, Other> OTHER =
      Orchestration.named("other", Other.class, Other.class);
  private static final Activity<Order, Order> PACK =
      Activity.named("pack", Order.class, Order.class);
  private static final Order ORDER = new Order("ada", List.of(1, 2));

  private final AtomicBoolean broken = new AtomicBoolean();

  private MillraceBuilder setup(MillraceBuilder builder) {
    return builder
        .orchestration(SHIP, (ctx, order) -> ctx.call(PACK, order).await())
        .orchestration(OTHER, (ctx, other) -> other)
        .orchestration(FLOW, (ctx, in) -> ctx.waitFor(Event.named("go", String.class)).await())
        .activity(
            PACK,
            order -> {
              if (broken.get()) {
                throw new IllegalStateException("no box");
              }
              return new Order(order.customer() + "!", order.amounts());
            });
  }

  private InstanceHistory elsewhere(boolean fails) {
    broken.set(fails);
    try (Millrace other = setup(Millrace.inMemory()).open()) {
      var unused = other.start(SHIP, "one", ORDER).outcome(SOON);
      byte[] file = other.instances().export("one").toBytes();
      return InstanceHistory.ofBytes(file);
    } finally {
      broken.set(false);
    }
  }

  @Test
  void c42c_shouldBringInWhatWasExportedElsewhere() {
    InstanceHistory history = elsewhere(false);
    open(this::setup);
    // Here the number that the order's type has there is another type's.
    engine().start(OTHER, "other", new Other("x")).result(SOON);
    engine().instances().bringIn(history);
    Order shipped = new Order("ada!", List.of(1, 2));
    assertThat(engine().instance(SHIP, "one").result(SOON)).isEqualTo(shipped);
    reopen();
    assertThat(engine().instance(SHIP, "one").result(SOON)).isEqualTo(shipped);
    var turns = engine().instances().history("one", 1, 1, 10);
    assertThat(turns).hasSameSizeAs(history.turns());
    var started = (HistoryEvent.Started) turns.get(0).events().get(0);
    assertThat(engine().instances().text(started.input())).contains("ada");
    assertThat(engine().instances().export("one").turns()).hasSameSizeAs(history.turns());
    assertThatThrownBy(() -> engine().instances().bringIn(history))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("an instance with this id exists");
  }

  @Test
  void c42c_shouldRewindWhatFailedElsewhere() {
    InstanceHistory history = elsewhere(true);
    open(this::setup);
    engine().instances().bringIn(history);
    assertThat(engine().instance(SHIP, "one").outcome(SOON)).isInstanceOf(Outcome.Failed.class);
    reopen();
    engine().rewind("one");
    assertThat(engine().instance(SHIP, "one").result(SOON))
        .isEqualTo(new Order("ada!", List.of(1, 2)));
  }

  @Test
  void c42c_shouldRefuseWhatHasNotEndedAndLeaveTheIdFree() {
    InstanceHistory[] live = new InstanceHistory[1];
    try (Millrace other = setup(Millrace.inMemory()).open()) {
      other.start(FLOW, "one", "a");
      live[0] = other.instances().export("one");
    }
    open(this::setup);
    assertThatThrownBy(() -> engine().instances().bringIn(live[0]))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("status=RUNNING");
    engine().instances().bringIn(elsewhere(false));
    engine().instances().delete("one", false);
    assertThat(engine().start(SHIP, "one", ORDER).result(SOON).customer()).isEqualTo("ada!");
  }
}
