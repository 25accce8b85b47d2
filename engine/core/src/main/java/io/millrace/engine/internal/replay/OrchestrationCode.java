package io.millrace.engine.internal.replay;

import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationFunction;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A registered orchestration: the handle and its code.
 *
 * @param <I> what it is given
 * @param <O> what it returns
 */
public final class OrchestrationCode<I extends @Nullable Object, O extends @Nullable Object> {

  private final Orchestration<I, O> handle;
  private final OrchestrationFunction<I, O> function;

  /** Whether a swallowed yield has been reported; written by any turn's thread, once. */
  private final AtomicBoolean swallowReported = new AtomicBoolean();

  /** Whether a difference of inputs has been reported; written by any turn's thread, once. */
  private final AtomicBoolean differenceReported = new AtomicBoolean();

  /** Pairs a handle with its code. */
  public OrchestrationCode(Orchestration<I, O> handle, OrchestrationFunction<I, O> function) {
    this.handle = Objects.requireNonNull(handle, "handle");
    this.function = Objects.requireNonNull(function, "function");
  }

  /** Returns the handle. */
  public Orchestration<I, O> handle() {
    return handle;
  }

  OrchestrationFunction<I, O> function() {
    return function;
  }

  /** Tells the first caller, and nobody later, that it is the one to report. */
  boolean claimSwallowReport() {
    return !swallowReported.get() && swallowReported.compareAndSet(false, true);
  }

  boolean isDifferenceReported() {
    return differenceReported.get();
  }

  /** Tells the first caller, and nobody later, that it is the one to report. */
  boolean claimDifferenceReport() {
    return !differenceReported.get() && differenceReported.compareAndSet(false, true);
  }
}
