package io.millrace.engine.internal.runtime;

import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.EngineClosedException;
import io.millrace.engine.ResultTimeoutException;
import io.millrace.engine.WaitInterruptedException;
import io.millrace.engine.internal.replay.TurnMarker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How clients' threads wait. */
public final class Waiting {

  private Waiting() {}

  /**
   * Refuses to block a thread that the answer may need.
   *
   * @throws IllegalStateException if the calling thread is such a one
   */
  public static void refuseInside(String call) {
    TurnMarker.refuseInTurn(call);
    EngineThread.Role role = EngineThread.current();
    if (role != null && role != EngineThread.Role.ACTIVITY) {
      throw new IllegalStateException(
          call
              + " would block "
              + role
              + ", which others wait for; chain to the asynchronous form instead, or continue on an"
              + " executor of your own");
    }
  }

  /** Waits without a limit of its own. */
  public static <T extends @Nullable Object> T forever(CompletableFuture<T> future, String what) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  /** Waits without a limit of its own, and tells whether what was asked was done, not refused. */
  static boolean isGranted(CompletableFuture<?> future, String what) {
    try {
      forever(future, what);
      return true;
    } catch (CommandRefusedException e) {
      return false;
    }
  }

  /** Waits for some time. */
  public static <T extends @Nullable Object> T atMost(
      CompletableFuture<T> future, Duration timeout, Supplier<String> what) {
    try {
      return future.get(nanos(timeout), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ResultTimeoutException(what.get() + ", timeout=" + timeout);
    } catch (InterruptedException e) {
      throw interrupted(what.get(), e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  static WaitInterruptedException interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new WaitInterruptedException("interrupted: " + what, e);
  }

  /** Returns nanoseconds, as many as there are. */
  static long nanos(Duration duration) {
    try {
      return Math.max(0, duration.toNanos());
    } catch (ArithmeticException e) {
      return duration.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /** Gives the exception a stack that shows who called. */
  private static RuntimeException unwrapped(ExecutionException e) {
    Throwable cause = e.getCause();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof CommandRefusedException refused) {
      return new CommandRefusedException(refused.reason(), String.valueOf(refused.getMessage()));
    }
    if (cause instanceof EngineClosedException closed) {
      return new EngineClosedException(closed.kept(), String.valueOf(closed.getMessage()), closed);
    }
    if (cause instanceof RuntimeException runtime) {
      return runtime;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a future failed with an unexpected cause", cause);
  }
}
