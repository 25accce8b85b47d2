package io.millrace.engine;

import io.millrace.storage.payload.TypeRef;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an activity may know about the call that it serves. Safe to use from any thread. */
public interface ActivityContext {

  /** Returns the id of the instance that called. */
  String instanceId();

  /** Returns the execution of the instance that called, from 1. */
  int execution();

  /** Returns the activity's name. */
  String activityName();

  /** Returns which attempt this is, from 1. An attempt that a crash cut short counts. */
  int attempt();

  /**
   * Returns a text that is the same for every attempt of this call, across restarts, and of no
   * other call, of this data directory or another: give it to the outside system so that it can
   * recognise a repetition. At most 32 characters longer than the instance's id.
   */
  String idempotencyKey();

  /**
   * Returns when this attempt ends at the latest: the earlier of what start-to-close and
   * schedule-to-close allow; null if the call has neither. Then the call is over for the
   * orchestration, and this attempt is told as by a cancellation.
   */
  @Nullable Instant deadline();

  /**
   * Says that the activity is alive, which a heartbeat timeout asks for.
   *
   * @throws ActivityCancelledException if the call is no longer wanted
   */
  void heartbeat();

  /**
   * As {@link #heartbeat()}, and says how far it is: should this attempt not complete, the next can
   * read it, after a crash too. Written down at most once in {@link
   * PoolOptions#heartbeatInterval()}, so a crash may lose what was said in the last of them.
   *
   * @param details of a type that payloads can hold and without type arguments
   * @throws ActivityCancelledException if the call is no longer wanted
   * @throws io.millrace.storage.payload.PayloadException if the details cannot be written
   */
  void heartbeat(Object details);

  /** As {@link #heartbeat(Object)}, for types with type arguments. */
  <T> void heartbeat(T details, TypeRef<T> type);

  /**
   * Returns what the attempts before this one said last of how far they were; empty if they said
   * nothing.
   *
   * @throws io.millrace.storage.payload.PayloadException if it does not read as such
   */
  default <T> Optional<T> lastHeartbeat(Class<T> type) {
    return lastHeartbeat(TypeRef.of(type));
  }

  /** As {@link #lastHeartbeat(Class)}, for types with type arguments. */
  <T> Optional<T> lastHeartbeat(TypeRef<T> type);

  /**
   * Tells whether the call is no longer wanted: the orchestration cancelled or ended it, it ran out
   * of time, or the engine is closing.
   */
  boolean isCancelled();

  /**
   * Registers something to do when the call is cancelled, for instance to close a socket that the
   * activity blocks on. If it already is, it is done at once. An attempt whose result nobody wants
   * any more is interrupted too, {@link PoolOptions#interruptGrace()} later.
   *
   * @param action run once, on a thread of the engine; must not block; what it throws is logged
   */
  void onCancel(Runnable action);
}
