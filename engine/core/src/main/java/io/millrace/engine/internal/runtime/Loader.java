package io.millrace.engine.internal.runtime;

import io.millrace.buffer.BufferException;
import io.millrace.engine.StoreUnreadableException;
import io.millrace.engine.internal.decide.ClientCommand;
import io.millrace.engine.internal.decide.LookupEnded;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import org.jspecify.annotations.Nullable;

/** Looks instances up in the store for commands and clients that must not wait for a disk. */
final class Loader {

  private final Crew<Runnable> crew;
  private final OrchestrationStore store;
  private final CommandPort port;
  private final TimeSource time;

  Loader(Object owner, OrchestrationStore store, CommandPort port, TimeSource time) {
    this.store = store;
    this.port = port;
    this.time = time;
    this.crew = new Crew<>(owner, EngineThread.Role.LOADER, "millrace-loader", 1, Runnable::run);
  }

  Crew<Runnable> crew() {
    return crew;
  }

  /** Any thread; never blocks. */
  void execute(Runnable task) {
    crew.offer(task);
  }

  /** Looks a command's instance up and hands the command in again. Never blocks. */
  void lookUp(ClientCommand command, Call<?> call) {
    crew.offer(() -> lookUpNow(command, call));
  }

  private void lookUpNow(ClientCommand command, Call<?> call) {
    try {
      command.lookedUp(find(command.id()));
      port.pipeline().submit(command, call.level().bytes(), call.level().durability(), command);
    } catch (StoreException e) {
      giveUp(command, call, new StoreUnreadableException("looking up id=" + command.id(), e));
    } catch (BufferException e) {
      giveUp(command, call, e);
    }
  }

  private void giveUp(ClientCommand command, Call<?> call, RuntimeException cause) {
    port.publish(new LookupEnded(time.nowMillis(), command.id()));
    call.fail(cause);
  }

  /** Reads an instance from the store, on the calling thread. */
  @Nullable InstanceRow find(String id) throws StoreException {
    try (OrchestrationReader reader = store.read()) {
      return reader.instanceById(id);
    }
  }
}
