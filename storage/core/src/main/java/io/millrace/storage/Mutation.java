package io.millrace.storage;

/**
 * One change to what is kept, as the journal carries it and the store applies it. It says what it
 * is, so that changes to one key can be folded together inside a batch (rule R12).
 *
 * <p>Immutable; may be read by any thread.
 */
public interface Mutation {

  /** What a mutation does to its key. */
  enum Kind {
    /**
     * Writes a whole row under a key that was never used before and, once deleted, never will be
     * again.
     */
    INSERT,
    /** Writes a whole row under its key, whether or not one is there. */
    UPDATE,
    /** Removes the row under a key; absent is no fault. */
    DELETE,
    /** Removes every row that {@link Mutation#covers} names; runs before any later insert. */
    DELETE_RANGE
  }

  /** Returns what this mutation does. */
  Kind kind();

  /**
   * Returns the key of the row that is changed, with value equality. Two mutations with equal keys
   * change the same row. A {@link Kind#DELETE_RANGE} returns a key that equals no row's.
   */
  Object key();

  /**
   * Tells whether this range removes the row under a key.
   *
   * @param key a key that a mutation of the same family returned
   * @return false for every kind but {@link Kind#DELETE_RANGE}
   */
  default boolean covers(Object key) {
    return false;
  }
}
