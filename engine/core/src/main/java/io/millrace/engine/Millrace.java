package io.millrace.engine;

import io.millrace.buffer.Backup;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Health;
import io.millrace.buffer.HealthSubscription;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.engine.internal.runtime.CheckedBackup;
import io.millrace.engine.internal.runtime.Engine;
import io.millrace.engine.internal.runtime.Located;
import io.millrace.engine.internal.runtime.Waiting;
import io.millrace.storage.orchestration.InstanceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A durable-execution engine inside this process: starts orchestrations and sees them through, over
 * crashes and restarts.
 *
 * <pre>{@code
 * try (Millrace millrace = Millrace.builder(Path.of("data"))
 *         .orchestration(CHECKOUT, (ctx, order) -> new Invoice(ctx.call(CHARGE, order).await()))
 *         .activity(CHARGE, payments::charge)
 *         .open()) {
 *   Invoice invoice = millrace.start(CHECKOUT, "order-17", order).result(Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>Any thread. What a method waits for is durable at the engine's level when it returns, unless
 * the call names a level of its own. Several engines on several directories live in one process.
 */
public final class Millrace implements AutoCloseable {

  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
  private static final int LIST_MAX = 10_000;

  private final Engine engine;

  Millrace(Engine engine) {
    this.engine = engine;
  }

  /**
   * Returns a builder for an engine on a data directory.
   *
   * @param directory made at {@link MillraceBuilder#open} if absent
   */
  public static MillraceBuilder builder(Path directory) {
    return new MillraceBuilder(directory);
  }

  /**
   * Copies a data directory, which may be open in this or another process, to one that opens by
   * itself: everything that was acknowledged as synced before the call is in it. The copy is read
   * from end to end before this returns, and survives power loss then. Blocks for the disk; takes
   * no lock; a long copy keeps the owner's write-ahead file from shrinking.
   *
   * @param target where the copy is to lie; absent or empty
   * @throws io.millrace.buffer.BufferOpenException if there is no data directory, something is at
   *     the target, the disk refused, or what was copied is damaged
   */
  public static Backup backup(Path directory, Path target) {
    return CheckedBackup.take(directory, target);
  }

  /**
   * Returns a builder for an engine without directory and journal. It offers {@link
   * Durability#ACCEPTED} only; all is gone when it closes.
   */
  public static MillraceBuilder inMemory() {
    return new MillraceBuilder(null);
  }

  /**
   * Starts an instance, or finds the one that is there. Blocks until the start is durable at the
   * engine's level.
   *
   * @param orchestration what to run; registered with the builder
   * @param id the caller's id: 1 to {@link EngineLimits#idCharsMax} characters, no control
   *     characters
   * @param input what it is given; encoded before this returns
   * @return its handle; {@link InstanceHandle#created} tells whether it is new
   * @throws CommandRefusedException if nothing is registered under that name and version, the id
   *     belongs to another orchestration, or a limit would be passed
   * @throws io.millrace.buffer.BackpressureException if there was no room in the time the policy
   *     gives
   * @throws io.millrace.buffer.BufferFailedException if the engine has failed
   * @throws EngineClosedException if it is closed; says whether the start had become durable
   * @throws WaitInterruptedException if the calling thread was interrupted; the instance may have
   *     been started
   * @throws IllegalStateException if called from inside an orchestration
   */
  public <I extends @Nullable Object, O extends @Nullable Object> InstanceHandle<O> start(
      Orchestration<I, O> orchestration, String id, I input) {
    return start(orchestration, id, input, StartOptions.DEFAULTS);
  }

  /** As {@link #start(Orchestration, String, Object)}, with options. */
  public <I extends @Nullable Object, O extends @Nullable Object> InstanceHandle<O> start(
      Orchestration<I, O> orchestration, String id, I input, StartOptions options) {
    Waiting.refuseInside("start");
    return Waiting.forever(
        startAsync(orchestration, id, input, options), "waiting for a start to be durable");
  }

  /**
   * Starts an instance without waiting. Bad arguments and lack of room are thrown; all else comes
   * through the future, on the engine's callback executor.
   */
  public <I extends @Nullable Object, O extends @Nullable Object>
      CompletableFuture<InstanceHandle<O>> startAsync(
          Orchestration<I, O> orchestration, String id, I input) {
    return startAsync(orchestration, id, input, StartOptions.DEFAULTS);
  }

  /** As {@link #startAsync(Orchestration, String, Object)}, with options. */
  public <I extends @Nullable Object, O extends @Nullable Object>
      CompletableFuture<InstanceHandle<O>> startAsync(
          Orchestration<I, O> orchestration, String id, I input, StartOptions options) {
    return engine
        .clients()
        .start(
            orchestration,
            id,
            input,
            options,
            located -> new InstanceHandle<>(engine, orchestration, id, located));
  }

  /**
   * Returns the handle of an instance without starting it or looking for it; the handle's methods
   * say if it is not there.
   */
  public <I extends @Nullable Object, O extends @Nullable Object> InstanceHandle<O> instance(
      Orchestration<I, O> orchestration, String id) {
    Objects.requireNonNull(orchestration, "orchestration");
    Objects.requireNonNull(id, "id");
    return new InstanceHandle<>(engine, orchestration, id, null);
  }

  /**
   * Raises an event for a live instance. It goes to the oldest wait for its name, or is kept until
   * there is one. Blocks until it is durable at the engine's level.
   *
   * @param id the instance
   * @param event which
   * @param data what comes with it, may be null
   * @throws CommandRefusedException if there is no such instance, it has ended, or too many of its
   *     events are unread
   */
  public <T extends @Nullable Object> void raise(String id, Event<T> event, T data) {
    Outcomes.raise(engine, id, event, data, RaiseOptions.DEFAULTS);
  }

  /** As {@link #raise(String, Event, Object)}, at a level of its own. */
  public <T extends @Nullable Object> void raise(
      String id, Event<T> event, T data, Durability durability) {
    Outcomes.raise(engine, id, event, data, RaiseOptions.DEFAULTS.withDurability(durability));
  }

  /**
   * As {@link #raise(String, Event, Object)}, with options: kept for an instance that does not
   * exist yet, or done once for a request id.
   */
  public <T extends @Nullable Object> void raise(
      String id, Event<T> event, T data, RaiseOptions options) {
    Outcomes.raise(engine, id, event, data, Objects.requireNonNull(options, "options"));
  }

  /**
   * Raises an event for an instance, and starts it first if there is none: both in one step. Blocks
   * until durable at the engine's level.
   *
   * @param orchestration what to run; registered with the builder
   * @param id the instance
   * @param input what it is given if it is started
   * @param event which
   * @param data what comes with it
   * @return its handle; {@link InstanceHandle#created} tells whether it was started
   * @throws CommandRefusedException if it has ended, runs another orchestration, or a limit would
   *     be passed
   */
  public <I extends @Nullable Object, O extends @Nullable Object, T extends @Nullable Object>
      InstanceHandle<O> raiseOrStart(
          Orchestration<I, O> orchestration, String id, I input, Event<T> event, T data) {
    return raiseOrStart(orchestration, id, input, event, data, RaiseOptions.DEFAULTS);
  }

  /** As {@link #raiseOrStart(Orchestration, String, Object, Event, Object)}, with options. */
  public <I extends @Nullable Object, O extends @Nullable Object, T extends @Nullable Object>
      InstanceHandle<O> raiseOrStart(
          Orchestration<I, O> orchestration,
          String id,
          I input,
          Event<T> event,
          T data,
          RaiseOptions options) {
    Waiting.refuseInside("raiseOrStart");
    return Waiting.forever(
        engine
            .clients()
            .raiseOrStart(
                orchestration,
                id,
                input,
                event,
                data,
                options,
                located -> new InstanceHandle<>(engine, orchestration, id, located)),
        "waiting for raiseOrStart to be durable");
  }

  /**
   * Takes a failed instance back to before its failed step, and lets it go on from there: the
   * activity whose failure was the instance's runs again, what had ended by then stays, and what
   * the code did after is forgotten. If no activity failed so, the last turn alone runs again, with
   * mended code for instance. Its parent, if it has one, does not hear of its second end. Blocks
   * until durable at the engine's level.
   *
   * @param id the instance
   * @throws CommandRefusedException if there is no such instance, it has not failed, it awaited a
   *     child, or what stays of its history does not fit into one record
   */
  public void rewind(String id) {
    Outcomes.await("rewind", () -> engine.controls().rewind(id));
  }

  /**
   * Starts an instance that has ended anew, with the input of its last execution. Blocks until
   * durable at the engine's level.
   *
   * @param id the instance
   * @throws CommandRefusedException if there is no such instance, it has not ended, or its
   *     orchestration is not registered
   */
  public void restart(String id) {
    Outcomes.await("restart", () -> engine.controls().restart(id));
  }

  /** As {@link #raise(String, Event, Object)}, without waiting. */
  public <T extends @Nullable Object> CompletableFuture<@Nullable Void> raiseAsync(
      String id, Event<T> event, T data) {
    return engine.clients().raise(id, event, data, RaiseOptions.DEFAULTS);
  }

  /**
   * Asks an instance to stop. Its current {@code await()} throws {@link
   * OrchestrationCancelledException}; its queued activities are removed, its running ones are told.
   * Idempotent; nothing happens if it has ended. Blocks until durable at the engine's level.
   *
   * @param id the instance
   * @param reason for people, may be empty
   * @throws CommandRefusedException if there is no such instance
   */
  public void cancel(String id, String reason) {
    Outcomes.await("cancel", () -> engine.clients().cancel(id, reason, null));
  }

  /** As {@link #cancel(String, String)}, at a level of its own. */
  public void cancel(String id, String reason, Durability durability) {
    Objects.requireNonNull(durability, "durability");
    Outcomes.await("cancel", () -> engine.clients().cancel(id, reason, durability));
  }

  /**
   * Ends an instance without running any of its code. Idempotent; nothing happens if it has ended.
   * Blocks until durable at the engine's level.
   *
   * @param id the instance
   * @param reason for people, may be empty
   * @throws CommandRefusedException if there is no such instance
   */
  public void terminate(String id, String reason) {
    Outcomes.await("terminate", () -> engine.clients().terminate(id, reason));
  }

  /**
   * Holds an instance: no turn of it runs until {@link #resume}. Activities that are under way go
   * on and timers fire; what they bring waits. Idempotent. Blocks until durable at the engine's
   * level.
   *
   * @param id the instance
   * @throws CommandRefusedException if there is no such instance, it has ended, or it is set aside
   */
  public void pause(String id) {
    Outcomes.await("pause", () -> engine.controls().pause(id));
  }

  /**
   * Lets an instance go on that {@link #pause} holds. Idempotent. Blocks until durable at the
   * engine's level.
   *
   * @param id the instance
   * @throws CommandRefusedException if there is no such instance, it has ended, or it is set aside
   */
  public void resume(String id) {
    Outcomes.await("resume", () -> engine.controls().resume(id));
  }

  /**
   * Lets an instance that was set aside try its turn once more. If that fails too, it is set aside
   * again.
   *
   * @param id the instance
   * @throws CommandRefusedException if there is no such instance, or it is not set aside
   */
  public void release(String id) {
    Outcomes.await("release", () -> engine.clients().release(id));
  }

  /** Returns where an instance stands, empty if there is none. */
  public Optional<InstanceInfo> info(String id) {
    Waiting.refuseInside("info");
    Located located = engine.clients().locate(id);
    return located == null
        ? Optional.empty()
        : Optional.of(InstanceInfo.of(engine.clients().visible(located)));
  }

  /** Returns the status of an instance, empty if there is none. */
  public Optional<InstanceStatus> status(String id) {
    return info(id).map(InstanceInfo::status);
  }

  /**
   * Lists instances from the store, newest first, after everything decided before the call has
   * reached it.
   *
   * @param beforeNumber only those numbered below; {@link Long#MAX_VALUE} to begin
   * @param limit how many at most, 1 to 10,000
   */
  public List<InstanceInfo> list(long beforeNumber, int limit) {
    Waiting.refuseInside("list");
    if (limit < 1 || limit > LIST_MAX) {
      throw new IllegalArgumentException(
          "limit must lie between 1 and " + LIST_MAX + ", limit=" + limit);
    }
    return engine.clients().list(beforeNumber, limit).stream().map(InstanceInfo::of).toList();
  }

  /**
   * Has the store catch up by another policy from now on, until the engine is closed. Changes
   * nothing of what can be lost. Any thread; does not block. In memory it does nothing.
   */
  public void flushPolicy(FlushPolicy policy) {
    engine.flushPolicy(policy);
  }

  /** Returns how the engine fares: whether it admits new work, and if not, why. Any thread. */
  public Health health() {
    return engine.health();
  }

  /**
   * Tells someone how the engine fares: now, and whenever that changes. A change is noticed within
   * 100 ms.
   *
   * @param listener runs where callbacks run, never twice at once; a state that passed while it ran
   *     may be left out, the newest never is; what it throws is logged
   */
  public HealthSubscription onHealthChange(Consumer<? super Health> listener) {
    return engine.onHealthChange(Objects.requireNonNull(listener, "listener"));
  }

  /** Returns what operators can ask about instances. */
  public Instances instances() {
    return new Instances(engine);
  }

  /** Returns the schedules of this engine. */
  public Schedules schedules() {
    return new Schedules(engine);
  }

  /** Returns what was done since opening. Cheap; consistent only when idle. */
  public EngineStatistics statistics() {
    return engine.statistics();
  }

  /**
   * Returns all figures of this moment: those of {@link EngineMetrics}, by name and with units. Any
   * thread; some microseconds; holds nobody up; also after {@link #close}.
   */
  public MetricsSnapshot metrics() {
    return engine.metrics();
  }

  /** Closes with the default grace of 10 s; see {@link #close(Duration)}. */
  @Override
  public void close() {
    close(DEFAULT_GRACE);
  }

  /**
   * Closes: refuses new work, lets turns finish, waits for activities up to {@code grace}, then
   * interrupts them (they run again after reopening), forces, flushes, checkpoints, releases the
   * lock. Idempotent; any thread, also from a shutdown hook. What clients still wait for fails with
   * {@link EngineClosedException}.
   *
   * @param grace how long activities may go on; not negative
   * @throws IllegalStateException if called from inside an activity, an orchestration or a
   *     continuation on the engine's callback thread: it would wait for itself
   */
  public void close(Duration grace) {
    engine.close(Objects.requireNonNull(grace, "grace"));
  }
}
