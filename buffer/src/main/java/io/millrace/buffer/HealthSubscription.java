package io.millrace.buffer;

/** Someone who is told how a pipeline fares, until this is closed. */
public interface HealthSubscription extends AutoCloseable {

  /** Ends it: what is being told just now may still arrive. Idempotent; any thread. */
  @Override
  void close();
}
