package io.millrace.engine.internal.runtime;

/**
 * Hears of all that an engine has under way, and may hold a thread back before it begins; the seam
 * at which a test kit knows that nothing can run any more, and lets one thing run at a time. An
 * engine gets its conductor with its {@linkplain TimeSource#conductor() time}.
 *
 * <p>What follows from a piece of work is reported before that work ends, so that where nothing is
 * under way nothing is forgotten. Any thread; only {@link #begins} may block.
 */
public interface Conductor {

  /** Hears nothing, and holds nobody back. */
  Conductor NONE =
      new Conductor() {
        @Override
        public void arrived(Work work, Object item) {}

        @Override
        public void begins(Work work, Object item) {}

        @Override
        public void ended(Work work, Object item) {}
      };

  /**
   * Something is to be done.
   *
   * @param item which, the same object until it has ended
   */
  void arrived(Work work, Object item);

  /** The calling thread is about to do it. Not called for a {@link Work#COMMAND}. */
  void begins(Work work, Object item);

  /** It is done, or will not be done. */
  void ended(Work work, Object item);

  /** An engine closes: nobody may be held back from now on. */
  default void closing() {}

  /** Returns the conductor of an engine, and of another owner of threads the one who hears none. */
  static Conductor of(Object owner) {
    return owner instanceof Engine engine ? engine.conductor() : NONE;
  }

  /** What may be under way. */
  enum Work {
    /** A command, until what it lets out is out; or the answer to one. */
    COMMAND,
    /** A read of the store. */
    LOAD,
    /** What a client waits for is told, and what it chained to that runs. */
    CALLBACK,
    /** A turn of an instance. */
    TURN,
    /** A delivery of an activity. */
    ACTIVITY;

    static Work of(EngineThread.Role role) {
      return switch (role) {
        case TURN -> TURN;
        case ACTIVITY -> ACTIVITY;
        case CALLBACK -> CALLBACK;
        case LOADER -> LOAD;
        case TIMER, SWEEPER -> COMMAND;
      };
    }
  }
}
