package io.millrace.buffer;

/**
 * What leaves the process because of a decision: an activity that starts, an answer that a client
 * sees. Runs on the commit thread, in the order of decisions, once its decision is durable at the
 * pipeline's level; never if the pipeline fails before. Must not block, throw, or run a user's
 * code.
 */
@FunctionalInterface
public interface Effect {

  /** Lets it out. */
  void release();
}
