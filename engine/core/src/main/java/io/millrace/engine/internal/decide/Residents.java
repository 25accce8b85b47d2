package io.millrace.engine.internal.decide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instances in memory, by number, and who leaves next (rule R18). One that has ended leaves
 * once the store has it. One that has not may leave while it is idle and the store has all of it,
 * if there are more than the limit: about the one whose last change is oldest first. If more than
 * the limit are busy, they all stay. Decide thread.
 */
final class Residents {

  /**
   * How many are looked at in one go, so that housekeeping stays short: so many, and two for each
   * that came since the last time, or more would come than leave.
   */
  private static final int LOOKS_MIN = 256;

  private final Directory directory;
  private final Arrivals arrivals;
  private final Horizon horizon;
  private final Counters counters;
  private final Outlet outlet;
  private final int residentsMax;

  // written by: decide thread
  private final LongMap<InstanceState> byNumber = new LongMap<>();
  private final LongMap<LongMap<InstanceState>> children = new LongMap<>();
  private final ArrayDeque<InstanceState> leaving = new ArrayDeque<>();
  private @Nullable InstanceState oldest;
  private @Nullable InstanceState newest;
  private int live;
  private int came;
  private long hurried;

  Residents(
      Directory directory,
      Arrivals arrivals,
      Horizon horizon,
      Counters counters,
      Outlet outlet,
      int residentsMax) {
    this.directory = directory;
    this.arrivals = arrivals;
    this.horizon = horizon;
    this.counters = counters;
    this.outlet = outlet;
    this.residentsMax = residentsMax;
  }

  @Nullable InstanceState get(long number) {
    return byNumber.get(number);
  }

  /** An instance comes into memory, alive. */
  void admit(InstanceState instance) {
    byNumber.put(instance.number(), instance);
    joinTree(instance);
    directory.put(instance.view());
    append(instance);
    counters.live++;
    came++;
  }

  /** An instance has changed. Costs nothing while the limit is far. */
  void used(InstanceState instance) {
    boolean linked = instance.older != null || instance.newer != null || oldest == instance;
    if (live > residentsMax / 2 && linked && newest != instance) {
      unlink(instance);
      append(instance);
    }
  }

  /** An instance has ended: what is left of it stays until the store has it. */
  void ended(InstanceState instance) {
    unlink(instance);
    counters.live--;
    leaving.add(instance);
  }

  /** An instance is gone, whatever the store says. */
  void remove(InstanceState instance) {
    if (!instance.isTerminal()) {
      unlink(instance);
      counters.live--;
    }
    forget(instance);
    directory.remove(instance.view());
  }

  /** Returns those of a tree that are in memory. */
  List<InstanceState> tree(long root) {
    List<InstanceState> members = new ArrayList<>(1);
    InstanceState top = byNumber.get(root);
    if (top != null) {
      members.add(top);
    }
    LongMap<InstanceState> below = children.get(root);
    if (below != null) {
      below.forEach(members::add);
    }
    return members;
  }

  private void joinTree(InstanceState instance) {
    long root = instance.row().root();
    if (root != instance.number()) {
      LongMap<InstanceState> members = children.get(root);
      if (members == null) {
        members = new LongMap<>();
        children.put(root, members);
      }
      members.put(instance.number(), instance);
    }
  }

  private void forget(InstanceState instance) {
    byNumber.remove(instance.number());
    long root = instance.row().root();
    LongMap<InstanceState> members = root == instance.number() ? null : children.get(root);
    if (members != null) {
      members.remove(instance.number());
      if (members.size() == 0) {
        children.remove(root);
      }
    }
  }

  void housekeep(long applied) {
    letEndedLeave(applied);
    if (live > residentsMax) {
      letIdleLeave(applied);
    }
    came = 0;
  }

  private void letEndedLeave(long applied) {
    InstanceState first = leaving.peek();
    for (int left = leaving.size();
        first != null && left > 0 && first.position() <= applied && first.view().end() != null;
        left--) {
      leaving.remove();
      if (arrivals.holds(first.row())) {
        leaving.add(first);
      } else if (byNumber.get(first.number()) == first) {
        forget(first);
        directory.remove(first.view());
      }
      first = leaving.peek();
    }
  }

  private void letIdleLeave(long applied) {
    int most = LOOKS_MIN + 2 * came;
    for (int looks = 0; looks < most && live > residentsMax; looks++) {
      InstanceState first = oldest;
      if (first == null) {
        return;
      }
      if (!first.isIdle() || arrivals.holds(first.row())) {
        unlink(first);
        append(first);
      } else if (first.position() <= applied) {
        leave(first);
      } else {
        // Those behind it changed later still.
        hurry(first.position());
        return;
      }
    }
  }

  /** Far above the limit the store is asked to catch up, whatever the flush policy. */
  private void hurry(long wanted) {
    if (wanted > hurried && live - residentsMax > residentsMax / 4) {
      hurried = wanted;
      outlet.applySoon(wanted);
    }
  }

  private void leave(InstanceState instance) {
    unlink(instance);
    forget(instance);
    horizon.leaves(instance);
    directory.leave(instance.view());
    counters.live--;
    counters.evictions++;
    if (instance.waitsForCode()) {
      counters.waitingForCode--;
    }
  }

  private void append(InstanceState instance) {
    InstanceState last = newest;
    instance.older = last;
    instance.newer = null;
    if (last == null) {
      oldest = instance;
    } else {
      last.newer = instance;
    }
    newest = instance;
    live++;
  }

  private void unlink(InstanceState instance) {
    InstanceState before = instance.older;
    InstanceState after = instance.newer;
    if (before == null) {
      oldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
    instance.older = null;
    instance.newer = null;
    live--;
  }
}
