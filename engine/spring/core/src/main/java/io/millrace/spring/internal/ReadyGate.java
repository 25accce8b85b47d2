package io.millrace.spring.internal;

import java.util.concurrent.CountDownLatch;

/**
 * Holds activities until the application has started: the engine opens with its bean, goes on at
 * once with what a crash interrupted, and finds beans that are not there yet.
 */
final class ReadyGate {

  private final CountDownLatch opened = new CountDownLatch(1);

  void open() {
    opened.countDown();
  }

  /**
   * Waits until it is open.
   *
   * @throws InterruptedException if the engine closes meanwhile; the activity runs again when the
   *     next one opens
   */
  void await() throws InterruptedException {
    opened.await();
  }
}
