package io.millrace.buffer.internal.pipeline;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The small pool that completes futures, and so runs what callers chain to them, never on a thread
 * of the pipeline (rule R23). Its queue holds answers to writes that were admitted, and is bounded
 * by what may be in flight.
 */
public final class FutureThreads implements Executor, AutoCloseable {

  private static final int THREADS = 2;
  private static final long END_SECONDS_MAX = 5;

  private final AtomicInteger numbers = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task ->
              PipelineThreads.named("millrace-future-" + numbers.incrementAndGet())
                  .newThread(task));

  /** Makes one; its threads start with its first task. */
  public FutureThreads() {
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      // Closed: an answer that came too late for the pool still reaches its caller.
      task.run();
    }
  }

  /** Lets what is queued run, for a while. Idempotent. */
  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
