package io.millrace.engine;

import io.millrace.buffer.StoreOpener;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.TimerRow;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Opens stores that count what is read from them: turns of histories, timers, whole instances. */
final class CountedReads implements StoreOpener<OrchestrationStore> {

  final AtomicInteger turns = new AtomicInteger();
  final AtomicInteger timers = new AtomicInteger();
  final AtomicInteger instances = new AtomicInteger();
  private final StoreOpener<? extends OrchestrationStore> opener;

  CountedReads(StoreOpener<? extends OrchestrationStore> opener) {
    this.opener = opener;
  }

  void reset() {
    turns.set(0);
    timers.set(0);
    instances.set(0);
  }

  @Override
  public OrchestrationStore open(Path storeFile, UUID storeId) throws StoreException {
    return new PassingStore(opener.open(storeFile, storeId)) {
      @Override
      public OrchestrationReader read() throws StoreException {
        return counted(super.read());
      }
    };
  }

  private OrchestrationReader counted(OrchestrationReader reader) {
    return (OrchestrationReader)
        Proxy.newProxyInstance(
            OrchestrationReader.class.getClassLoader(),
            new Class<?>[] {OrchestrationReader.class},
            (proxy, method, arguments) -> {
              try {
                return switch (method.getName()) {
                  case "history" -> {
                    List<?> page = (List<?>) method.invoke(reader, arguments);
                    page.forEach(row -> turns.addAndGet(row instanceof HistoryRow ? 1 : 0));
                    yield page;
                  }
                  case "timersDue" -> {
                    arguments[arguments.length - 1] =
                        countingTimers(arguments[arguments.length - 1]);
                    yield method.invoke(reader, arguments);
                  }
                  case "inbox" -> {
                    instances.incrementAndGet();
                    yield method.invoke(reader, arguments);
                  }
                  default -> method.invoke(reader, arguments);
                };
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @SuppressWarnings("unchecked") // as the reader declares it
  private Consumer<TimerRow> countingTimers(Object sink) {
    return row -> {
      timers.incrementAndGet();
      ((Consumer<? super TimerRow>) sink).accept(row);
    };
  }
}
