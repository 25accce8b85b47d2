package io.millrace.engine;

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
   * other call: give it to the outside system so that it can recognise a repetition.
   */
  String idempotencyKey();

  /**
   * Tells whether the call is no longer wanted: the orchestration cancelled or ended it, or the
   * engine is closing. The result of a cancelled call is ignored.
   */
  boolean isCancelled();

  /**
   * Registers something to do when the call is cancelled, for instance to close a socket that the
   * activity blocks on. If it already is, it is done at once.
   *
   * @param action run once, on a thread of the engine; must not block; what it throws is logged
   */
  void onCancel(Runnable action);
}
