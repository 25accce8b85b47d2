package io.millrace.storage.internal.memory;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From a caller's id to its instance's number: a tree by hash, with a chain at each. */
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

  /** Returns the number of the instance that has an id, 0 if none has. */
  long numberOf(String id) {
    for (Link link = byHash.get(id.hashCode()); link != null; link = link.next()) {
      if (link.id().equals(id)) {
        return link.number();
      }
    }
    return 0;
  }

  void put(String id, long number, long edition) {
    Link others = without(byHash.get(id.hashCode()), id);
    byHash.put(id.hashCode(), new Link(id, number, others), edition);
  }

  /** Removes an id if it is that number's. */
  void remove(String id, long number, long edition) {
    if (numberOf(id) != number) {
      return;
    }
    Link others = without(byHash.get(id.hashCode()), id);
    if (others == null) {
      byHash.remove(id.hashCode(), edition);
    } else {
      byHash.put(id.hashCode(), others, edition);
    }
  }

  void forEach(Consumer<String> sink) {
    byHash.ascend(
        Long.MIN_VALUE,
        (hash, first) -> {
          for (Link link = first; link != null; link = link.next()) {
            sink.accept(link.id());
          }
          return true;
        });
  }

  private static @Nullable Link without(@Nullable Link chain, String id) {
    Link kept = null;
    for (Link link = chain; link != null; link = link.next()) {
      if (!link.id().equals(id)) {
        kept = new Link(link.id(), link.number(), kept);
      }
    }
    return kept;
  }
}
