package io.millrace.engine.internal.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A thread of an engine, so that what would make it wait for itself can be refused. Daemon: what
 * the engine must finish, {@code close} finishes; an activity that never returns must not keep the
 * process.
 */
final class EngineThread extends Thread {

  /** A virtual thread cannot be of this class; it is marked instead while it works. */
  private static final ThreadLocal<@Nullable Mark> MARK = new ThreadLocal<>();

  private final Mark mark;

  EngineThread(Object owner, Role role, String name, Runnable body) {
    super(null, body, name, 0, false);
    this.mark = new Mark(owner, role);
    setDaemon(true);
  }

  /** Runs something on a thread of another class as if it were one of this. */
  static void runAs(Object owner, Role role, Runnable body) {
    MARK.set(new Mark(owner, role));
    try {
      body.run();
    } finally {
      MARK.remove();
    }
  }

  private static @Nullable Mark mark() {
    return Thread.currentThread() instanceof EngineThread thread ? thread.mark : MARK.get();
  }

  /** Returns the role that the calling thread has in some engine, or null. */
  static @Nullable Role current() {
    Mark mark = mark();
    return mark == null ? null : mark.role();
  }

  /** Returns the role that the calling thread has in this engine, or null. */
  static @Nullable Role currentIn(Object owner) {
    Mark mark = mark();
    return mark != null && mark.owner() == owner ? mark.role() : null;
  }

  private record Mark(Object owner, Role role) {}

  /** What a thread is there for. */
  enum Role {
    TURN("an orchestration"),
    ACTIVITY("an activity"),
    CALLBACK("a continuation on the engine's callback thread"),
    TIMER("the timer thread"),
    LOADER("the loader thread"),
    SWEEPER("the sweeper thread");

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
