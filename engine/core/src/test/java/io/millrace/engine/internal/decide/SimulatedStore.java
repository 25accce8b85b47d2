package io.millrace.engine.internal.decide;

import io.millrace.storage.RecordId;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The store as the loader sees it: now and then it cannot be read. */
record SimulatedStore(MemoryOrchestrationStore memory, BooleanSupplier busy, Plant plant)
    implements OrchestrationStore {

  @Override
  public OrchestrationReader read() throws StoreException {
    if (busy.getAsBoolean()) {
      throw new StoreException.Busy("planned fault", null);
    }
    OrchestrationReader reader = memory.read();
    return plant == Plant.NO_OVERLAY ? ofTheFuture(reader) : reader;
  }

  /** Says that it saw everything, so nothing is laid over it. */
  private static OrchestrationReader ofTheFuture(OrchestrationReader reader) {
    return (OrchestrationReader)
        Proxy.newProxyInstance(
            SimulatedStore.class.getClassLoader(),
            new Class<?>[] {OrchestrationReader.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("position")
                    ? (Object) (Long.MAX_VALUE / 2)
                    : method.invoke(reader, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public RecordId applied() {
    return memory.applied();
  }

  @Override
  public long durablePosition() {
    return memory.durablePosition();
  }

  @Override
  public void apply(List<? extends RowMutation> mutations, RecordId last, CommitMode mode)
      throws StoreException {
    memory.apply(mutations, last, mode);
  }

  @Override
  public CheckpointOutcome checkpoint(CheckpointMode mode) throws StoreException {
    return memory.checkpoint(mode);
  }

  @Override
  public long uncheckpointedBytes() {
    return 0;
  }

  @Override
  public void close() {
    memory.close();
  }
}
