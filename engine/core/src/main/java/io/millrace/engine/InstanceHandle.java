package io.millrace.engine;

import io.millrace.buffer.Durability;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One instance, as its clients see it. Results are pushed to it; nothing polls. Any thread; the
 * blocking methods refuse to be called from inside an orchestration or from a continuation that
 * runs on the engine's callback thread.
 *
 * @param <O> what the orchestration returns
 */
@SuppressWarnings("DoNotCallSuggester")
public final class InstanceHandle<O extends @Nullable Object> {

  InstanceHandle() {}

  /** Returns the caller's id. */
  public String id() {
    throw new UnsupportedOperationException("not there yet");
  }

  /** Tells whether the {@code start} that gave this handle made the instance. */
  public boolean created() {
    throw new UnsupportedOperationException("not there yet");
  }

  /**
   * Waits for the instance to end, and for its end to be durable at the engine's level.
   *
   * @param timeout how long to wait
   * @return what the orchestration returned
   * @throws OrchestrationFailedException if it ended without a result
   * @throws ResultTimeoutException if it did not end in time; says where it stands
   * @throws CommandRefusedException if there is no such instance, or it runs another orchestration
   * @throws EngineClosedException if the engine closed first
   * @throws WaitInterruptedException if the calling thread was interrupted
   * @throws IllegalStateException if called from inside an orchestration
   */
  public O result(Duration timeout) {
    throw new UnsupportedOperationException("not there yet: " + timeout);
  }

  /**
   * Returns the result once it is there. Fails as {@link #result} throws. Continuations run on the
   * engine's callback executor.
   */
  public CompletableFuture<O> resultAsync() {
    throw new UnsupportedOperationException("not there yet");
  }

  /** As {@link #result}, but gives every end as a value. */
  public Outcome<O> outcome(Duration timeout) {
    throw new UnsupportedOperationException("not there yet: " + timeout);
  }

  /** As {@link #resultAsync}, but gives every end as a value. */
  public CompletableFuture<Outcome<O>> outcomeAsync() {
    throw new UnsupportedOperationException("not there yet");
  }

  /** Raises an event for the instance; see {@link Millrace#raise(String, String, Object)}. */
  public void raise(String event, @Nullable Object data) {
    throw new UnsupportedOperationException("not there yet: " + event + data);
  }

  /** As {@link #raise(String, Object)}, at a level of its own. */
  public void raise(String event, @Nullable Object data, Durability durability) {
    throw new UnsupportedOperationException("not there yet: " + event + data + durability);
  }

  /** Asks the instance to stop; see {@link Millrace#cancel(String, String)}. */
  public void cancel(String reason) {
    throw new UnsupportedOperationException("not there yet: " + reason);
  }

  /** Ends the instance without running its code; see {@link Millrace#terminate}. */
  public void terminate(String reason) {
    throw new UnsupportedOperationException("not there yet: " + reason);
  }

  /**
   * Returns where the instance stands, as of what is durable at the engine's level.
   *
   * @throws CommandRefusedException if there is no such instance
   */
  public InstanceInfo info() {
    throw new UnsupportedOperationException("not there yet");
  }
}
