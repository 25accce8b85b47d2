package io.millrace.engine.internal.decide;

/**
 * The trees that were deleted and are not swept out of the store yet (rule R20), by the number of
 * their root: nothing that carries it is there any more, for anybody. Decide thread.
 */
final class Tombstones {

  // written by: decide thread
  private final LongMap<Boolean> roots = new LongMap<>();

  void add(long root) {
    roots.put(root, Boolean.TRUE);
  }

  /** All rows of the tree are gone. */
  void remove(long root) {
    roots.remove(root);
  }

  boolean has(long root) {
    return roots.size() > 0 && roots.get(root) != null;
  }
}
