package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.InstanceRow;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The instances in memory by the callers' ids, and those that are not but whose end somebody waits
 * for. Changed by the decide thread, read by any.
 */
public final class Directory {

  private final ConcurrentHashMap<String, InstanceView> byId = new ConcurrentHashMap<>();

  // written by: decide thread, and clients that begin to wait
  private final ConcurrentHashMap<String, InstanceView> waitedFor = new ConcurrentHashMap<>();

  // written by: decide thread
  private final Set<Long> deletedRoots = ConcurrentHashMap.newKeySet();

  /** Returns the instance in memory with an id, or null. */
  public @Nullable InstanceView find(String id) {
    return byId.get(id);
  }

  /** Tells whether an instance belongs to a tree that was deleted. */
  public boolean isDeleted(InstanceRow row) {
    return !deletedRoots.isEmpty() && deletedRoots.contains(row.root());
  }

  /** Hands over every instance in memory, and every one that is waited for. */
  public void forEach(Consumer<? super InstanceView> action) {
    byId.values().forEach(action);
    waitedFor.values().forEach(action);
  }

  /**
   * Returns where to wait for the end of an instance that is alive, but was not in memory just now.
   * Look for it in memory and in the store again once the waiter is known: it may have come and
   * gone.
   *
   * @param row as the store has it
   */
  public InstanceView waitFor(InstanceRow row) {
    return waitedFor.compute(
        row.id(),
        (id, present) ->
            present != null && present.snapshot().row().number() >= row.number()
                ? present
                : new InstanceView(null, new InstanceView.Snapshot(row, 0)));
  }

  void deleted(long root) {
    deletedRoots.add(root);
  }

  void forget(long root) {
    deletedRoots.remove(root);
  }

  /** A tree was deleted by force: hands over what clients wait at that is not in memory. */
  void waitedIn(long root, Consumer<? super InstanceView> action) {
    waitedFor
        .values()
        .forEach(
            view -> {
              if (view.snapshot().row().root() == root) {
                waitedFor.remove(id(view), view);
                action.accept(view);
              }
            });
  }

  void put(InstanceView view) {
    byId.put(id(view), view);
  }

  /** An instance has ended, and the store has it. */
  void remove(InstanceView view) {
    view.leaves();
    byId.remove(id(view), view);
  }

  /** An instance leaves memory alive. Those who wait for it go on waiting. */
  void leave(InstanceView view) {
    view.leaves();
    // In this order: whoever makes a waiter later sees that the instance has left.
    if (view.waiter() != null) {
      InstanceView other = waitedFor.put(id(view), view);
      if (other != null) {
        // Somebody looked for it in the store while it was here.
        var unused = view.ended().whenComplete(other::endsAs);
      }
    }
    byId.remove(id(view), view);
  }

  /** An instance comes back: returns the view that clients wait at, or null. */
  @Nullable InstanceView arriving(InstanceRow row) {
    InstanceView view = waitedFor.isEmpty() ? null : waitedFor.get(row.id());
    if (view == null || view.snapshot().row().number() != row.number()) {
      return null;
    }
    waitedFor.remove(row.id());
    return view;
  }

  private static String id(InstanceView view) {
    return view.snapshot().row().id();
  }
}
