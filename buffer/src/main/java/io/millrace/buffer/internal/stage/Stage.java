package io.millrace.buffer.internal.stage;

/** One worker of the pipeline, driven from outside. Every method is called by one thread. */
public interface Stage {

  /** Says that nothing but a bell needs to wake a stage. */
  long NOTHING_DUE = Long.MAX_VALUE;

  /**
   * Does a bounded piece of work, if there is any. May wait for the disk and for nothing else.
   *
   * @return whether there was any
   */
  boolean step();

  /** Tells cheaply whether {@link #step} would find work. Called before the thread sleeps. */
  boolean ready();

  /**
   * Called when there is nothing to do: housekeeping that is due by time.
   *
   * @return after how many nanoseconds to be called again, or {@link #NOTHING_DUE}
   */
  long idle();

  /** The last call, once the stage was stopped and has nothing left to do. */
  void finish();
}
