package io.millrace.storage.testing;

import io.millrace.storage.Mutation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plainest folding of a batch that rule R12 allows: what {@link io.millrace.storage.Store}
 * wants to be given, and what a faster one is compared with.
 */
public final class Folding {

  private Folding() {}

  private record Folded<M>(M mutation, boolean bornHere) {}

  /** Returns at most one mutation for each key, range deletes first, with the same effect. */
  public static <M extends Mutation> List<M> fold(List<M> mutations) {
    Set<M> ranges = new LinkedHashSet<>();
    Map<Object, Folded<M>> byKey = new LinkedHashMap<>();
    for (M mutation : mutations) {
      switch (mutation.kind()) {
        case INSERT -> byKey.put(mutation.key(), new Folded<>(mutation, true));
        case UPDATE -> {
          Folded<M> before = byKey.remove(mutation.key());
          byKey.put(mutation.key(), new Folded<>(mutation, before != null && before.bornHere()));
        }
        case DELETE -> {
          Folded<M> before = byKey.remove(mutation.key());
          if (before == null || !before.bornHere()) {
            byKey.put(mutation.key(), new Folded<>(mutation, false));
          }
        }
        case DELETE_RANGE -> {
          byKey.keySet().removeIf(mutation::covers);
          ranges.add(mutation);
        }
      }
    }
    List<M> folded = new ArrayList<>(ranges);
    byKey.values().forEach(entry -> folded.add(entry.mutation()));
    return folded;
  }
}
