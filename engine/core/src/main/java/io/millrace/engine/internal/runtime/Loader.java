package io.millrace.engine.internal.runtime;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.BufferException;
import io.millrace.buffer.BufferFailedException;
import io.millrace.buffer.Durability;
import io.millrace.engine.internal.decide.Command;
import io.millrace.engine.internal.decide.HistoryRequest;
import io.millrace.engine.internal.decide.HorizonRequest;
import io.millrace.engine.internal.decide.LoadRequest;
import io.millrace.engine.internal.decide.StoredInstances;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads the store for those who must not wait for a disk. One thread: what is handed in comes back
 * in order. Requests that wait are answered together, from one view of the store.
 */
final class Loader {

  /** How many instances are read in one go; so many are in memory twice over at most. */
  private static final int BATCH_MAX = 64;

  private final Crew<Runnable> crew;
  private final StoredInstances stored;
  private final CommandPort port;

  // written by: decide thread adds, the loader's thread takes
  private final ConcurrentLinkedQueue<LoadRequest> requests = new ConcurrentLinkedQueue<>();

  Loader(Object owner, StoredInstances stored, CommandPort port) {
    this.stored = stored;
    this.port = port;
    this.crew = new Crew<>(owner, EngineThread.Role.LOADER, "millrace-loader", 1, Runnable::run);
  }

  Crew<Runnable> crew() {
    return crew;
  }

  /** Any thread; never blocks. */
  void execute(Runnable task) {
    crew.offer(task);
  }

  /** Any thread; never blocks. */
  void load(LoadRequest request) {
    requests.add(request);
    crew.offer(this::answer);
  }

  /** Any thread; never blocks. */
  void readHistory(HistoryRequest request) {
    crew.offer(() -> port.publish(stored.answer(request)));
  }

  /** Hands in again what was set aside. Any thread; never blocks. */
  void resume(Command command) {
    crew.offer(() -> port.pipeline().resume(command));
  }

  private void answer() {
    List<LoadRequest> batch = new ArrayList<>();
    LoadRequest next = requests.poll();
    while (next != null) {
      batch.add(next);
      next = batch.size() < BATCH_MAX ? requests.poll() : null;
    }
    if (!batch.isEmpty()) {
      // The view is closed again: handing in may have to wait.
      stored.answer(batch).forEach(port::publish);
    }
  }

  /** Reads timers once the store has applied what was decided before. Never blocks. */
  void readTimers(HorizonRequest request) {
    crew.offer(
        () -> {
          try {
            port.pipeline()
                .whenDurable(request.position(), Durability.APPLIED, new Applied(request));
          } catch (BufferClosedException | BufferFailedException e) {
            // Nobody is left who would want them.
            return;
          } catch (BufferException e) {
            port.publish(stored.failed(request));
          }
        });
  }

  /** The barrier before timers are read. */
  private final class Applied implements Acknowledgement {
    private final HorizonRequest request;

    Applied(HorizonRequest request) {
      this.request = request;
    }

    @Override
    public void acknowledged(long position) {
      crew.offer(() -> stored.answer(request, port::publish));
    }

    @Override
    public void failed(RuntimeException cause) {
      // The pipeline has ended, and with it those who would want them.
    }
  }
}
