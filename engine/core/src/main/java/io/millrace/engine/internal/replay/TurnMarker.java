package io.millrace.engine.internal.replay;

import org.jspecify.annotations.Nullable;

/**
 * Marks the threads that are inside a turn, so that a client call that would block one can be
 * refused (rule R23). The mark belongs to the thread, not to an engine: a turn of one engine must
 * not block on another engine either.
 */
public final class TurnMarker {

  private static final ThreadLocal<@Nullable String> INSTANCE = new ThreadLocal<>();

  private TurnMarker() {}

  /** Tells whether the calling thread is inside a turn. */
  public static boolean inTurn() {
    return INSTANCE.get() != null;
  }

  /**
   * Refuses to block a turn.
   *
   * @param call what was called, for the message
   * @throws IllegalStateException if the calling thread is inside a turn
   */
  public static void refuseInTurn(String call) {
    String instanceId = INSTANCE.get();
    if (instanceId != null) {
      throw new IllegalStateException(
          call
              + " would block a turn; inside an orchestration use its context, or call the client"
              + " from an activity, id="
              + instanceId);
    }
  }

  static void enter(String instanceId) {
    INSTANCE.set(instanceId);
  }

  static void leave() {
    // Not removed: a removed one is made anew at the next turn of this thread.
    INSTANCE.set(null);
  }
}
