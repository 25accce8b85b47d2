package io.millrace.engine;

import io.millrace.buffer.Durability;
import io.millrace.engine.internal.runtime.Engine;
import io.millrace.engine.internal.runtime.Located;
import io.millrace.engine.internal.runtime.Waiting;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One instance, as its clients see it. Results are pushed to it; nothing polls. Any thread; the
 * blocking methods refuse to be called from inside an orchestration or from a continuation that
 * runs on the engine's callback thread.
 *
 * @param <O> what the orchestration returns
 */
public final class InstanceHandle<O extends @Nullable Object> {

  private final Engine engine;
  private final Orchestration<?, O> orchestration;
  private final String id;
  private final @Nullable Located known;

  InstanceHandle(
      Engine engine, Orchestration<?, O> orchestration, String id, @Nullable Located known) {
    this.engine = engine;
    this.orchestration = orchestration;
    this.id = id;
    this.known = known;
  }

  /** Returns the caller's id. */
  public String id() {
    return id;
  }

  /** Tells whether the {@code start} that gave this handle made the instance. */
  public boolean created() {
    return known != null && known.created();
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
    return Outcomes.result(engine, orchestration, awaitEnd("result", timeout));
  }

  /**
   * Returns the result once it is there. Fails as {@link #result} throws. Continuations run on the
   * engine's callback executor.
   */
  public CompletableFuture<O> resultAsync() {
    return endAsync().thenApply(row -> Outcomes.result(engine, orchestration, row));
  }

  /** As {@link #result}, but gives every end as a value. */
  public Outcome<O> outcome(Duration timeout) {
    return Outcomes.outcome(engine, orchestration, awaitEnd("outcome", timeout));
  }

  /** As {@link #resultAsync}, but gives every end as a value. */
  public CompletableFuture<Outcome<O>> outcomeAsync() {
    return endAsync().thenApply(row -> Outcomes.outcome(engine, orchestration, row));
  }

  /** Raises an event for the instance; see {@link Millrace#raise(String, Event, Object)}. */
  public <T extends @Nullable Object> void raise(Event<T> event, T data) {
    Outcomes.raise(engine, id, event, data, RaiseOptions.DEFAULTS);
  }

  /** As {@link #raise(Event, Object)}, at a level of its own. */
  public <T extends @Nullable Object> void raise(Event<T> event, T data, Durability durability) {
    Outcomes.raise(engine, id, event, data, RaiseOptions.DEFAULTS.withDurability(durability));
  }

  /** Asks the instance to stop; see {@link Millrace#cancel(String, String)}. */
  public void cancel(String reason) {
    Outcomes.await("cancel", () -> engine.clients().cancel(id, reason, null));
  }

  /** Ends the instance without running its code; see {@link Millrace#terminate}. */
  public void terminate(String reason) {
    Outcomes.await("terminate", () -> engine.clients().terminate(id, reason));
  }

  /**
   * Returns where the instance stands, as of what is durable at the engine's level.
   *
   * @throws CommandRefusedException if there is no such instance
   */
  public InstanceInfo info() {
    Waiting.refuseInside("info");
    Located located = engine.clients().locate(id);
    if (located == null) {
      throw Outcomes.unknown(id);
    }
    return InstanceInfo.of(engine.clients().visible(located));
  }

  /**
   * Returns what the instance's code said last by {@link OrchestrationContext#setStatus}, as of
   * what is durable; empty if it has said nothing.
   *
   * @param type the type that it is set with
   * @throws CommandRefusedException if there is no such instance
   */
  public <T extends @Nullable Object> Optional<CustomStatus<T>> customStatus(Class<T> type) {
    Waiting.refuseInside("customStatus");
    return status(engine.clients().attributes(located()), TypeRef.of(type));
  }

  /**
   * Waits until the custom status is newer than one that was seen. It is pushed; nothing polls.
   *
   * @param type the type that it is set with
   * @param seenVersion the version seen last, 0 for none
   * @param timeout how long to wait
   * @return the new status; empty if there was none in time, or before the instance ended
   * @throws CommandRefusedException if there is no such instance
   */
  public <T extends @Nullable Object> Optional<CustomStatus<T>> awaitStatus(
      Class<T> type, int seenVersion, Duration timeout) {
    Waiting.refuseInside("awaitStatus");
    return status(engine.clients().awaitStatus(located(), seenVersion, timeout), TypeRef.of(type));
  }

  /**
   * Returns one of the instance's key-values, as of what is durable; null if there is none.
   *
   * @throws CommandRefusedException if there is no such instance
   */
  public <T extends @Nullable Object> @Nullable T get(StateKey<T> key) {
    Waiting.refuseInside("get");
    AttributesRow row = engine.clients().attributes(located());
    Payload value = row == null ? null : row.keyValues().get(key.name());
    return value == null ? null : engine.clients().decode(value, key.type());
  }

  private <T extends @Nullable Object> Optional<CustomStatus<T>> status(
      @Nullable AttributesRow row, TypeRef<T> type) {
    Payload status = row == null ? null : row.customStatus();
    return row == null || status == null
        ? Optional.empty()
        : Optional.of(
            new CustomStatus<>(row.customStatusVersion(), engine.clients().decode(status, type)));
  }

  private Located located() {
    return Outcomes.check(orchestration, id, engine.clients().locate(id));
  }

  /** Returns the orchestration and the id. */
  @Override
  public String toString() {
    return orchestration + "[" + id + "]";
  }

  private InstanceRow awaitEnd(String call, Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    Waiting.refuseInside(call);
    Located located = known == null ? engine.clients().locate(id) : known;
    Located found = Outcomes.check(orchestration, id, located);
    return Waiting.atMost(
        engine.clients().ended(found), timeout, () -> Outcomes.standing(now(found)));
  }

  /** It may have left memory and come back while somebody waited. */
  private InstanceRow now(Located found) {
    Located located = engine.clients().locate(id);
    return located == null ? found.row() : located.row();
  }

  private CompletableFuture<InstanceRow> endAsync() {
    if (known != null) {
      return engine.clients().ended(Outcomes.check(orchestration, id, known));
    }
    return engine
        .clients()
        .locateAsync(id)
        .thenCompose(located -> engine.clients().ended(Outcomes.check(orchestration, id, located)));
  }
}
