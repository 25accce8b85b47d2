package io.millrace.buffer.internal.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened so far, to be closed in the opposite order. One thread at a time. */
final class OpenedThings {

  private static final Logger LOG = LoggerFactory.getLogger(OpenedThings.class);

  private final Deque<Opened> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(String name, T thing) {
    opened.push(new Opened(name, thing));
    return thing;
  }

  /** Closes all, whatever each says; what cannot be closed is logged, for nothing depends on it. */
  void closeAll() {
    while (!opened.isEmpty()) {
      Opened next = opened.pop();
      try {
        next.thing.close();
      } catch (Exception e) {
        LOG.warn("{} could not be closed", next.name, e);
      }
    }
  }

  /** Closes all because of a fault, and returns that fault to be thrown. */
  <E extends Throwable> E closeAfter(E fault) {
    while (!opened.isEmpty()) {
      Opened next = opened.pop();
      try {
        next.thing.close();
      } catch (Exception e) {
        fault.addSuppressed(e);
      }
    }
    return fault;
  }

  private record Opened(String name, AutoCloseable thing) {}
}
