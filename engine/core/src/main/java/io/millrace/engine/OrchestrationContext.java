package io.millrace.engine;

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
