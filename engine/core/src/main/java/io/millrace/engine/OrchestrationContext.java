package io.millrace.engine;

import io.millrace.storage.payload.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What an orchestration may ask for. Everything here is deterministic: at a replay it gives what it
 * gave before. Belongs to one turn of one instance and is used on the turn's thread only.
 *
 * <p>Once {@link DurableFuture#await()} has ended the turn, every further use in that turn ends it
 * again: code in a {@code finally} block cannot schedule anything by mistake.
 */
public interface OrchestrationContext {

  /** Returns the instance's id, as its starter chose it. */
  String instanceId();

  /** Returns the number of this execution of the instance, from 1. */
  int execution();

  /**
   * Schedules an activity. It runs at least once; its result is recorded exactly once.
   *
   * @param activity which
   * @param input what it is given; encoded now, so later changes to the object have no effect
   */
  <I extends @Nullable Object, O extends @Nullable Object> DurableFuture<O> call(
      Activity<I, O> activity, I input);

  /**
   * Schedules an activity that may be tried again and may have time limits. It runs at least once;
   * its result is recorded exactly once.
   *
   * @param activity which
   * @param input what it is given; encoded now, so later changes to the object have no effect
   * @param options retries and time limits; kept with the call, so a later change of the code has
   *     no effect on this one
   */
  <I extends @Nullable Object, O extends @Nullable Object> DurableFuture<O> call(
      Activity<I, O> activity, I input, CallOptions options);

  /**
   * Starts a child orchestration and awaits it: an instance of its own, whose end is told to this
   * one. Its id is made from this instance's: {@code <id>/<execution>.<event>}. If it does not
   * complete, {@link DurableFuture#await()} throws {@link StepFailedException} with {@code
   * Failure.ChildFailed}. It is cancelled with this instance, and when this execution ends first.
   *
   * @param child which; it runs the handle's version for ever
   * @param input what it is given; encoded now
   */
  default <I extends @Nullable Object, O extends @Nullable Object> DurableFuture<O> callChild(
      Orchestration<I, O> child, I input) {
    return callChild(child, input, ChildOptions.DEFAULTS);
  }

  /**
   * As {@link #callChild(Orchestration, Object)}, with options.
   *
   * @throws IllegalArgumentException if the child's id is empty, too long or has control characters
   */
  <I extends @Nullable Object, O extends @Nullable Object> DurableFuture<O> callChild(
      Orchestration<I, O> child, I input, ChildOptions options);

  /**
   * Starts another instance and lets it go: it is neither awaited nor cancelled with this one, and
   * outlives it. If an instance of that id exists, nothing is started.
   *
   * @param child which
   * @param input what it is given; encoded now
   * @param options its id
   * @return its id
   * @throws IllegalArgumentException if the id is empty, too long or has control characters
   */
  <I extends @Nullable Object> String startDetached(
      Orchestration<I, ?> child, I input, ChildOptions options);

  /**
   * Ends this execution and begins the next one of the same instance, with an empty history: for
   * code that would go on for ever. Events that no wait has taken, custom status and key-values
   * carry over; what is pending is cancelled. Never returns, so write {@code return
   * ctx.continueAsNew(SELF, next);}.
   *
   * <p>A request to stop that has come is thrown here, as by an {@code await()}.
   *
   * @param next this orchestration, in the version that the next execution is to run
   * @param input what the next execution is given
   * @return nothing, ever
   * @throws IllegalArgumentException if it is another orchestration
   * @throws OrchestrationCancelledException once, if somebody asked the instance to stop
   */
  <I extends @Nullable Object, O extends @Nullable Object> O continueAsNew(
      Orchestration<I, O> next, I input);

  /**
   * Sets a timer that survives restarts and never fires early.
   *
   * @param duration how long from {@link #now()}; not negative
   * @throws IllegalArgumentException if the duration is negative
   */
  DurableFuture<Void> sleep(Duration duration);

  /**
   * Sets a timer that survives restarts and never fires early.
   *
   * @param deadline when; one that has passed fires at once
   */
  DurableFuture<Void> sleepUntil(Instant deadline);

  /**
   * Waits for an event raised for this instance. The oldest unread event of a name goes to the
   * oldest wait still open; events that came early are kept.
   *
   * @param event which
   */
  <T extends @Nullable Object> DurableFuture<T> waitFor(Event<T> event);

  /**
   * Waits for an event no longer than a time. Afterwards the wait gives up its place and takes no
   * event, and {@link DurableFuture#await()} throws {@link StepFailedException} with {@code
   * Failure.TimedOut}.
   *
   * @param event which
   * @param timeout how long from {@link #now()}; not negative
   * @throws IllegalArgumentException if the timeout is negative
   */
  <T extends @Nullable Object> DurableFuture<T> waitFor(Event<T> event, Duration timeout);

  /**
   * Waits for all. Gives the results in the order of the arguments; fails as soon as one fails,
   * with the failure that stands first in history. The others go on.
   *
   * @param futures may be empty
   */
  <T extends @Nullable Object> DurableFuture<List<T>> all(
      List<? extends DurableFuture<? extends T>> futures);

  /**
   * Waits for all, of whatever types; afterwards ask each for its result. Fails as soon as one
   * fails, with the failure that stands first in history.
   */
  DurableFuture<Void> all(DurableFuture<?>... futures);

  /**
   * Waits for all to end, whether they succeed or not, and never fails.
   *
   * @param futures may be empty
   */
  <T extends @Nullable Object> DurableFuture<List<Settled<T>>> allSettled(
      List<? extends DurableFuture<? extends T>> futures);

  /**
   * Waits for the first to end, and gives its result or fails as it did. The first is the one whose
   * end stands first in history; a tie goes to the first argument. Cancels nothing.
   *
   * @param futures at least one
   * @throws IllegalArgumentException if there is none
   */
  <T extends @Nullable Object> DurableFuture<T> any(
      List<? extends DurableFuture<? extends T>> futures);

  /** As {@link #any(List)}, of two. */
  default <T extends @Nullable Object> DurableFuture<T> any(
      DurableFuture<? extends T> one, DurableFuture<? extends T> other) {
    return any(List.of(one, other));
  }

  /**
   * Waits for the first to end, of whatever types, and gives its place among the arguments, from 0;
   * then ask that one. Never fails. Cancels nothing.
   *
   * @param futures at least one
   * @throws IllegalArgumentException if there is none
   */
  DurableFuture<Integer> anyIndex(DurableFuture<?>... futures);

  /**
   * As {@link #any(List)}, and cancels the others as soon as the first has ended; they end with
   * {@code Failure.Cancelled}. That decision is in the history.
   *
   * @param futures at least one
   * @throws IllegalArgumentException if there is none
   */
  <T extends @Nullable Object> DurableFuture<T> race(
      List<? extends DurableFuture<? extends T>> futures);

  /** As {@link #race(List)}, of two. */
  default <T extends @Nullable Object> DurableFuture<T> race(
      DurableFuture<? extends T> one, DurableFuture<? extends T> other) {
    return race(List.of(one, other));
  }

  /**
   * As {@link #anyIndex}, and cancels the others as soon as the first has ended.
   *
   * @param futures at least one
   * @throws IllegalArgumentException if there is none
   */
  DurableFuture<Integer> raceIndex(DurableFuture<?>... futures);

  /**
   * Says where this instance stands, for those who watch it: its custom status. Carries over
   * continue-as-new. Clients can wait for a change.
   *
   * @param type the type under which it is written
   * @param status the status; encoded now
   */
  <T extends @Nullable Object> void setStatus(TypeRef<T> type, T status);

  /** As {@link #setStatus(TypeRef, Object)}, for a type without type arguments. */
  default <T extends @Nullable Object> void setStatus(Class<T> type, T status) {
    setStatus(TypeRef.of(type), status);
  }

  /**
   * Returns one of the instance's key-values as the code has set it last, in this execution or an
   * earlier one; null if it is not set.
   *
   * @param key which
   */
  <T extends @Nullable Object> @Nullable T get(StateKey<T> key);

  /**
   * Sets one of the instance's key-values. It becomes visible outside with the turn.
   *
   * @param key which
   * @param value the new value; encoded now
   */
  <T extends @Nullable Object> void put(StateKey<T> key, T value);

  /**
   * Removes one of the instance's key-values; absent is no fault.
   *
   * @param key which
   */
  void remove(StateKey<?> key);

  /**
   * Tells which version of a changed place this execution runs, so that code can be changed under
   * live instances. Who passes here first gets {@code max}, and keeps it for the execution. Who
   * passed here before the call was written, so that history holds nothing of it, gets {@code min}.
   *
   * <pre>{@code
   * if (ctx.version("ask-the-bank", 0, 1) == 0) {
   *   ctx.call(CHARGE, order).await();                  // as it was when older instances began
   * } else {
   *   ctx.call(ASK_BANK, order).await();
   * }
   * }</pre>
   *
   * <p>Raise {@code max} with each further change. When no instance of an old version is left, its
   * branch can go and {@code min} be raised; an instance that still needs it is then set aside,
   * with a report that says which branch is gone.
   *
   * @param changeId the name of the change; every call of it in one execution gives the same answer
   * @param min the oldest version that the code still has
   * @param max the newest
   * @return a version from {@code min} to {@code max}
   * @throws IllegalArgumentException if the name breaks the rule for names, or {@code min > max}
   */
  int version(String changeId, int min, int max);

  /** Returns the time of this turn; the same at every replay. Stands still between awaits. */
  Instant now();

  /** Returns a new random UUID (version 8); the same at every replay. */
  UUID newUuid();

  /** Returns a source of randomness that gives the same numbers at every replay. */
  RandomGenerator random();

  /**
   * Tells whether the code is passing again through what it did in an earlier turn. For side
   * effects that should not repeat, such as metrics; what is asked for must not depend on it.
   */
  boolean isReplaying();

  /** Returns a logger that is silent while the code {@linkplain #isReplaying() replays}. */
  Logger logger();
}
