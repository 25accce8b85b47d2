package io.millrace.engine.internal.decide;

import java.util.ArrayDeque;

/**
 * The trees that were deleted and are not swept out of the store yet (rule R20), by the number of
 * their root: nothing that carries it is there any more, for anybody. Decide thread.
 */
final class Tombstones {

  private final Directory directory;

  // written by: decide thread
  private final LongMap<Boolean> roots = new LongMap<>();
  private final ArrayDeque<Long> swept = new ArrayDeque<>();

  Tombstones(Directory directory) {
    this.directory = directory;
  }

  void add(long root) {
    roots.put(root, Boolean.TRUE);
    directory.deleted(root);
  }

  /** All rows of the tree are gone, but a load may still hold what it read before. */
  void swept(long root) {
    swept.add(root);
  }

  boolean has(long root) {
    return roots.size() > 0 && roots.get(root) != null;
  }

  /** Nothing is being loaded: forgets what was swept. */
  void forgetSwept() {
    for (Long root = swept.poll(); root != null; root = swept.poll()) {
      roots.remove(root);
      directory.forget(root);
    }
  }
}
