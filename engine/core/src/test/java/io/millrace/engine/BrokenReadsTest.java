package io.millrace.engine;

import static io.millrace.engine.EveryStore.SOON;
import static io.millrace.engine.EveryStore.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.StoreOpener;
import io.millrace.engine.internal.runtime.SqliteStores;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot be read for a while, when the input of an activity is only there (R26). */
final class BrokenReadsTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  private static final Orchestration<String, String> TICK =
      Orchestration.named("tick", String.class, String.class);
  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);

  @TempDir Path folder;

  private final ManualTime time = new ManualTime();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final Queue<String> runs = new ConcurrentLinkedQueue<>();
  private final BrokenReads store = new BrokenReads();

  @Test
  void r26_shouldTryAgainWhenAnInputCannotBeReadJustNow() throws Exception {
    try (Millrace engine = open()) {
      engine.start(FLOW, "first", "a");
      entered.await();
      engine.start(FLOW, "second", "b");
      awaitShed(engine, 2);
      store.broken = true;
      gate.countDown();
      eventually(() -> store.refused.get() >= 2 ? true : null);
      assertThat(runs).as("the input of the second is not known").containsExactly("a");
      store.broken = false;
      eventually(
          () -> {
            time.advance(1_000);
            return engine.status("second").filter(InstanceStatus::isTerminal).orElse(null);
          });
      assertThat(engine.instance(FLOW, "second").result(SOON)).isEqualTo("b!");
      assertThat(engine.instance(FLOW, "first").result(SOON)).isEqualTo("a!");
      assertThat(runs).as("each once").containsExactly("a", "b");
    }
  }

  /** The one worker stays in the first activity until the test opens the gate. */
  private Millrace open() {
    return Millrace.builder(folder.resolve("data"))
        .store(store)
        .time(time)
        .queuedBytesMax(0)
        .activityWorkers(PoolOptions.size(1))
        .orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await())
        .orchestration(TICK, (ctx, name) -> name)
        .activity(
            STEP,
            name -> {
              entered.countDown();
              gate.await();
              runs.add(name);
              return name + "!";
            })
        .open();
  }

  /** Each look is a batch, after which what the store has by then goes. */
  private static void awaitShed(Millrace engine, int histories) {
    AtomicInteger ticks = new AtomicInteger();
    eventually(
        () -> {
          engine.start(TICK, "tick" + ticks.incrementAndGet(), "");
          long shed = engine.metrics().value(EngineMetrics.HISTORIES_SHED);
          return shed >= histories ? true : null;
        });
  }

  /** Opens stores that for a while cannot be read. */
  private static final class BrokenReads implements StoreOpener<OrchestrationStore> {
    private final SqliteStores sqlite = new SqliteStores(SqliteOptions.defaults());
    final AtomicInteger refused = new AtomicInteger();
    volatile boolean broken;

    @Override
    public OrchestrationStore open(Path storeFile, UUID storeId) throws StoreException {
      return new PassingStore(sqlite.open(storeFile, storeId)) {
        @Override
        public OrchestrationReader read() throws StoreException {
          if (broken) {
            refused.incrementAndGet();
            throw new StoreException.Busy("planned fault", null);
          }
          return super.read();
        }
      };
    }
  }
}
