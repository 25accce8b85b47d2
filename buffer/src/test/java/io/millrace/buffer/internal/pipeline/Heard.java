package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Acknowledgement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one caller heard. Thread-safe. */
final class Heard implements Acknowledgement {

  private final CountDownLatch done = new CountDownLatch(1);
  private int times;
  private long position = -1;
  private @Nullable RuntimeException failure;

  @Override
  public synchronized void acknowledged(long at) {
    times++;
    position = at;
    done.countDown();
  }

  @Override
  public synchronized void failed(RuntimeException cause) {
    times++;
    failure = cause;
    done.countDown();
  }

  synchronized boolean nothing() {
    return times == 0;
  }

  synchronized boolean success() {
    return times == 1 && failure == null;
  }

  synchronized int times() {
    return times;
  }

  synchronized long position() {
    return position;
  }

  synchronized @Nullable RuntimeException failure() {
    return failure;
  }

  Heard await() throws InterruptedException {
    if (!done.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing was heard in 20 s");
    }
    return this;
  }
}
