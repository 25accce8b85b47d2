package io.millrace.engine.internal.replay;

import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationFunction;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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

  /** How many replays there were; written by any turn's thread. */
  private final AtomicLong replays = new AtomicLong();

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

  /**
   * Tells whether the next replay is to compare what need not be equal: the first hundred, then one
   * in sixty-four, until a difference was found. It costs writing every input again.
   */
  boolean isComparisonDue() {
    if (differenceReported.get()) {
      return false;
    }
    long replay = replays.getAndIncrement();
    return replay < 100 || replay % 64 == 0;
  }

  boolean isDifferenceReported() {
    return differenceReported.get();
  }

  /** Tells the first caller, and nobody later, that it is the one to report. */
  boolean claimDifferenceReport() {
    return !differenceReported.get() && differenceReported.compareAndSet(false, true);
  }
}
