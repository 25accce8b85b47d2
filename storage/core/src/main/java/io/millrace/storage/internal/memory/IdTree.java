package io.millrace.storage.internal.memory;

import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** From a caller's id to the numbers of its instances: a tree by hash, with a chain at each. */
final class IdTree {

  private final LongTree<Link> byHash;

  private record Link(String id, long number, @Nullable Link next) {}

  IdTree() {
    this(new LongTree<>());
  }

  private IdTree(LongTree<Link> byHash) {
    this.byHash = byHash;
  }

  IdTree share() {
    return new IdTree(byHash.share());
  }

  /** Returns the newest number under an id that a test lets pass, 0 if there is none. */
  long newest(String id, LongPredicate test) {
    long newest = 0;
    for (Link link = byHash.get(id.hashCode()); link != null; link = link.next()) {
      if (link.id().equals(id) && link.number() > newest && test.test(link.number())) {
        newest = link.number();
      }
    }
    return newest;
  }

  void put(String id, long number, long edition) {
    Link others = without(byHash.get(id.hashCode()), id, number);
    byHash.put(id.hashCode(), new Link(id, number, others), edition);
  }

  void remove(String id, long number, long edition) {
    Link others = without(byHash.get(id.hashCode()), id, number);
    if (others == null) {
      byHash.remove(id.hashCode(), edition);
    } else {
      byHash.put(id.hashCode(), others, edition);
    }
  }

  private static @Nullable Link without(@Nullable Link chain, String id, long number) {
    Link kept = null;
    for (Link link = chain; link != null; link = link.next()) {
      if (link.number() != number || !link.id().equals(id)) {
        kept = new Link(link.id(), link.number(), kept);
      }
    }
    return kept;
  }
}
