package io.millrace.engine.internal.decide;

import io.millrace.engine.PassingStore;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.BooleanSupplier;

/** The store as the loader sees it: now and then it cannot be read. */
final class SimulatedStore extends PassingStore {

  private final BooleanSupplier busy;
  private final Plant plant;

  SimulatedStore(MemoryOrchestrationStore memory, BooleanSupplier busy, Plant plant) {
    super(memory);
    this.busy = busy;
    this.plant = plant;
  }

  @Override
  public OrchestrationReader read() throws StoreException {
    if (busy.getAsBoolean()) {
      throw new StoreException.Busy("planned fault", null);
    }
    OrchestrationReader reader = super.read();
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
}
