package io.millrace.storage.internal.memory;

import org.jspecify.annotations.Nullable;

/**
 * Values by a key that several may have and a number of their own: the children of a parent, the
 * timers of a deadline. As with {@link LongTree}, a shared one stays as it was if all later changes
 * to the other are made in a higher edition.
 *
 * @param <V> the values
 */
final class Groups<V> {

  private final LongTree<Group<V>> byKey;

  private static final class Group<V> {
    final long edition;
    final LongTree<V> byNumber;

    Group(long edition, LongTree<V> byNumber) {
      this.edition = edition;
      this.byNumber = byNumber;
    }
  }

  Groups() {
    this(new LongTree<>());
  }

  private Groups(LongTree<Group<V>> byKey) {
    this.byKey = byKey;
  }

  Groups<V> share() {
    return new Groups<>(byKey.share());
  }

  void put(long key, long number, V value, long edition) {
    owned(key, edition).put(number, value, edition);
  }

  void remove(long key, long number, long edition) {
    Group<V> there = byKey.get(key);
    if (there == null || there.byNumber.get(number) == null) {
      return;
    }
    LongTree<V> group = owned(key, edition);
    group.remove(number, edition);
    if (group.size() == 0) {
      byKey.remove(key, edition);
    }
  }

  private LongTree<V> owned(long key, long edition) {
    Group<V> there = byKey.get(key);
    if (there != null && there.edition == edition) {
      return there.byNumber;
    }
    LongTree<V> own = there == null ? new LongTree<>() : there.byNumber.share();
    byKey.put(key, new Group<>(edition, own), edition);
    return own;
  }

  /** Returns the values of a key by their numbers, not to be changed; null if it has none. */
  @Nullable LongTree<V> group(long key) {
    Group<V> there = byKey.get(key);
    return there == null ? null : there.byNumber;
  }

  /** Visits keys from {@code from} on, rising, each with its values. */
  void ascend(long from, LongTree.Visitor<LongTree<V>> visitor) {
    byKey.ascend(from, (key, group) -> visitor.visit(key, group.byNumber));
  }
}
