package io.millrace.buffer;

import io.millrace.storage.Mutation;

/**
 * Owns all state and says what commands mean. Every method is called by the decide thread, one
 * command at a time, in ring order. Deterministic: time, numbers and chance come in with the
 * command.
 *
 * <p>A command passes in three steps (rule R15): {@link #decide} computes without changing
 * anything; the pipeline encodes what came of it and checks its size; {@link #decided} then lays
 * the mutations over the state. An exception from any method poisons the pipeline, for the state
 * can no longer be trusted.
 *
 * @param <C> commands
 * @param <M> mutations
 */
public interface Decider<C, M extends Mutation> {

  /**
   * Computes what a command means. Must not change state.
   *
   * @param command as submitted
   * @param decision empty; takes mutations and effects, or a refusal
   */
  void decide(C command, Decision<M> decision);

  /**
   * The decision stands: change the state, release what may run ahead of durability. Called for
   * every command, refused and deferred ones and those without mutations too.
   *
   * @param command as submitted
   * @param decision what {@link #decide} made of it, with its position
   */
  void decided(C command, Decision<M> decision);

  /**
   * What {@link #decide} made of a command does not fit into one record. The decision has been
   * emptied: decide again, something smaller (a refusal, a quarantine).
   *
   * @param command as submitted
   * @param bytes the size it would have
   * @param limit the largest allowed
   * @param decision empty
   */
  void decideTooLarge(C command, long bytes, long limit, Decision<M> decision);

  /**
   * Called at the end of every ring batch, about every 10 ms while the ring is idle, and about
   * every 100 ms once nothing has moved for half a second; a place for housekeeping that must see
   * no command in the middle.
   *
   * @param progress how far the pipeline has come
   * @param pressure whether new work may be released
   */
  default void endOfBatch(Progress progress, Pressure pressure) {}
}
