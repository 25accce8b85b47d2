package io.millrace.engine.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferFailedException;
import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Durability;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Event;
import io.millrace.engine.Orchestration;
import io.millrace.engine.PoolOptions;
import io.millrace.engine.Retention;
import io.millrace.engine.StartOptions;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.storage.RecordId;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.KryoPayloadCodec;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.testing.FailingStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Looks at all threads of the process, so nothing else may run beside it. */
@Isolated
@Timeout(60)
final class EngineFailureTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);

  @Test
  void i6_shouldFailAllWaitersWithTheFirstCauseWhenTheStoreBreaks() throws Exception {
    BreakableStore store = new BreakableStore();
    Engine engine = Engine.openOver(store, settings());
    Clients clients = engine.clients();
    Located waiting = start(clients, "one").get(20, TimeUnit.SECONDS);
    CompletableFuture<InstanceRow> end = clients.ended(waiting);
    store.failing.failFrom(FailingStore.Fault.FAILED, 1);
    // In memory a start is acknowledged when accepted, before its apply fails.
    CompletableFuture<InstanceRow> later = start(clients, "two").thenCompose(clients::ended);
    assertThatThrownBy(() -> later.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BufferFailedException.class);
    assertThatThrownBy(() -> end.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BufferFailedException.class)
        .hasStackTraceContaining("planned fault");
    assertThatThrownBy(() -> clients.locate("one")).isInstanceOf(BufferFailedException.class);
    assertThatThrownBy(() -> start(clients, "three")).isInstanceOf(BufferFailedException.class);
    engine.close(Duration.ZERO);
    // Told to end, each ends by itself; none is waited for by the close.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread instanceof EngineThread) {
        thread.join(20_000);
      }
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread instanceof EngineThread && thread.isAlive())
        .as("threads left behind")
        .isEmpty();
  }

  private static CompletableFuture<Located> start(Clients clients, String id) {
    return clients.start(FLOW, id, "a", StartOptions.DEFAULTS, found -> found);
  }

  private static EngineSettings settings() {
    OrchestrationCode<String, String> code =
        new OrchestrationCode<>(
            FLOW, (context, input) -> context.waitFor(Event.named("never", String.class)).await());
    return new EngineSettings(
        null,
        BufferOptions.builder().level(Durability.ACCEPTED).build(),
        new SqliteStores(SqliteOptions.defaults()),
        Recovering.STANDARD,
        EngineLimits.defaults(),
        Residency.DEFAULTS,
        Retention.forever(),
        new Codes(Map.of(Codes.key("flow", "1"), code), Map.of()),
        1,
        Map.of("", PoolOptions.size(1)),
        TimeSource.of(Clock.systemUTC()),
        null,
        KryoPayloadCodec::new,
        List.of());
  }

  /** A store in memory whose applies can be made to fail. */
  private static final class BreakableStore implements OrchestrationStore {
    private final MemoryOrchestrationStore memory = new MemoryOrchestrationStore();
    final FailingStore<RowMutation> failing = new FailingStore<>(memory);

    @Override
    public OrchestrationReader read() throws StoreException {
      return memory.read();
    }

    @Override
    public RecordId applied() {
      return failing.applied();
    }

    @Override
    public long durablePosition() {
      return failing.durablePosition();
    }

    @Override
    public void apply(List<? extends RowMutation> mutations, RecordId last, CommitMode mode)
        throws StoreException {
      failing.apply(mutations, last, mode);
    }

    @Override
    public CheckpointOutcome checkpoint(CheckpointMode mode) throws StoreException {
      return failing.checkpoint(mode);
    }

    @Override
    public long uncheckpointedBytes() {
      return failing.uncheckpointedBytes();
    }

    @Override
    public void close() throws StoreException {
      failing.close();
    }
  }
}
