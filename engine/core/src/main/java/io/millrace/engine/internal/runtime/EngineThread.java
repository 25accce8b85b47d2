package io.millrace.engine.internal.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A thread of an engine, so that what would make it wait for itself can be refused. Daemon: what
 * the engine must finish, {@code close} finishes; an activity that never returns must not keep the
 * process.
 */
final class EngineThread extends Thread {

  private final Role role;
  private final Object owner;

  EngineThread(Object owner, Role role, String name, Runnable body) {
    super(null, body, name, 0, false);
    this.owner = owner;
    this.role = role;
    setDaemon(true);
  }

  /** Returns the role that the calling thread has in some engine, or null. */
  static @Nullable Role current() {
    return Thread.currentThread() instanceof EngineThread thread ? thread.role : null;
  }

  /** Returns the role that the calling thread has in this engine, or null. */
  static @Nullable Role currentIn(Object owner) {
    return Thread.currentThread() instanceof EngineThread thread && thread.owner == owner
        ? thread.role
        : null;
  }

  /** What a thread is there for. */
  enum Role {
    TURN("an orchestration"),
    ACTIVITY("an activity"),
    CALLBACK("a continuation on the engine's callback thread"),
    TIMER("the timer thread"),
    LOADER("the loader thread");

    private final String words;

    Role(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }
}
