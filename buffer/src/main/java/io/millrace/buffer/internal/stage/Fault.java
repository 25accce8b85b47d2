package io.millrace.buffer.internal.stage;

import io.millrace.buffer.BufferFailedException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first fault of a pipeline, kept for good (invariant I6). From then on every waiter and every
 * later call fails with it, nothing is retried, and no effect runs.
 */
public final class Fault {

  private static final Logger LOG = LoggerFactory.getLogger(Fault.class);

  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Has someone told, once, by the thread that met the fault. It must not block. */
  public void whenPoisoned(Runnable listener) {
    listeners.add(listener);
  }

  /** Stops the pipeline for good. Later causes are dropped: the first one is the one to read. */
  public void poison(Throwable cause) {
    if (first.compareAndSet(null, cause)) {
      LOG.error(
          "the buffer has failed and accepts nothing more; reopening recovers what was durable",
          cause);
      for (Runnable listener : listeners) {
        listener.run();
      }
    }
  }

  /** Tells whether it has failed. */
  public boolean isPoisoned() {
    return first.get() != null;
  }

  /** Returns the first cause, or null. */
  public @Nullable Throwable cause() {
    return first.get();
  }

  /** Returns the exception that callers get; only after {@link #poison}. */
  public BufferFailedException exception() {
    Throwable cause = first.get();
    if (cause == null) {
      throw new IllegalStateException("the pipeline has not failed");
    }
    return new BufferFailedException(
        "the buffer has failed and accepts nothing more; close it and open it again to recover what"
            + " was durable; first cause: "
            + cause,
        cause);
  }
}
