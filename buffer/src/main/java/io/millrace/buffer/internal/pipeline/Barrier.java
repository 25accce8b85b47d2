package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.BarrierTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One caller that waits for a position. */
final class Barrier implements Acknowledgement {

  private final CountDownLatch done = new CountDownLatch(1);
  // written by: the thread that completes, before the latch
  private @Nullable RuntimeException failure;

  @Override
  public void acknowledged(long position) {
    done.countDown();
  }

  @Override
  public void failed(RuntimeException cause) {
    failure = cause;
    done.countDown();
  }

  /**
   * Waits.
   *
   * @param what names position and level, for the message
   * @param state says what the stage is doing, for the message
   */
  void await(
      Duration timeout, String what, Supplier<String> state, Supplier<@Nullable Throwable> reason)
      throws InterruptedException {
    if (!done.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new BarrierTimeoutException(
          what + " was not reached, timeout=" + timeout + "; " + state.get(), reason.get());
    }
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  /** Waits, however it ends; an interrupt is kept for later and ends the wait. */
  boolean awaitQuietly(long nanos) {
    try {
      return done.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
