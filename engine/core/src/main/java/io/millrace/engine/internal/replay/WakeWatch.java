package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.HistoryEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Follows the messages of a waiting execution and tells when they fulfil its {@link Wake}. The cost
 * of a message hardly grows with the number of actions awaited. Confined to one thread at a time:
 * made by the worker that ran the turn, then fed by whoever owns the instance.
 *
 * <p>The tree of parts lies in a few arrays, each part's parent before it: tens of thousands of
 * executions wait at once, and each message looks at one of them that nobody has looked at for a
 * while.
 */
public final class WakeWatch {

  private static final byte ONE = 0;
  private static final byte TIME_LIMIT = 1;
  private static final byte ANY = 2;
  private static final byte ALL = 3;
  private static final byte ALL_UNTIL_FAILURE = 4;

  private static final int NO_PARENT = -1;

  // of each part
  private byte[] kinds = new byte[8];
  private int[] parents = new int[8];
  // written by: the owner's thread; 0 for what is satisfied
  private int[] missing = new int[8];
  private int parts;

  /** Of each part that a completion ends: its action above, the part below; sorted. */
  private long[] leaves = new long[8];

  private int leafCount;

  private final List<RaisedLeaf> events = new ArrayList<>(0);

  // written by: the owner's thread
  private boolean fulfilled;

  /** Follows one from now on: feed it what is in the inbox, then what arrives. */
  public WakeWatch(Wake wake) {
    plant(wake, NO_PARENT);
    Arrays.sort(leaves, 0, leafCount);
  }

  /** Tells whether the execution can go on. */
  public boolean isFulfilled() {
    return fulfilled;
  }

  /**
   * Takes a message into account.
   *
   * @return whether the execution can go on, by this or an earlier message
   */
  public boolean arrived(HistoryEvent.Message message) {
    if (message instanceof HistoryEvent.ActivityCompleted completed) {
      completed(completed.action(), false);
    } else if (message instanceof HistoryEvent.TimerFired fired) {
      completed(fired.action(), false);
    } else if (message instanceof HistoryEvent.ActivityFailed failed) {
      completed(failed.action(), true);
    } else if (message instanceof HistoryEvent.ChildCompleted completed) {
      completed(completed.action(), false);
    } else if (message instanceof HistoryEvent.ChildFailed failed) {
      completed(failed.action(), true);
    } else if (message instanceof HistoryEvent.EventRaised raised) {
      raised(raised.name());
    } else {
      fulfilled = true;
    }
    return fulfilled;
  }

  private void completed(int action, boolean failed) {
    for (int at = firstLeaf(action); at < leafCount && action(leaves[at]) == action; at++) {
      int part = (int) leaves[at];
      if (missing[part] > 0) {
        satisfy(part, failed || kinds[part] == TIME_LIMIT);
      }
    }
  }

  /** Returns the place of the first leaf of an action, or of what follows it. */
  private int firstLeaf(int action) {
    int low = 0;
    int high = leafCount;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (action(leaves[middle]) < action) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int action(long leaf) {
    return (int) (leaf >>> 32);
  }

  private void raised(String event) {
    for (int i = 0; i < events.size(); i++) {
      RaisedLeaf leaf = events.get(i);
      if (missing[leaf.part] > 0 && leaf.event.equals(event)) {
        if (missing[leaf.part] == 1) {
          satisfy(leaf.part, false);
        } else {
          missing[leaf.part]--;
        }
      }
    }
  }

  /** Tells a part's parents, up to the first that still misses something. */
  private void satisfy(int from, boolean failed) {
    missing[from] = 0;
    for (int parent = parents[from]; parent != NO_PARENT; parent = parents[parent]) {
      if (missing[parent] == 0) {
        return;
      }
      boolean enough = kinds[parent] == ANY || (failed && kinds[parent] == ALL_UNTIL_FAILURE);
      missing[parent] = enough ? 0 : missing[parent] - 1;
      if (missing[parent] > 0) {
        return;
      }
    }
    fulfilled = true;
  }

  private void plant(Wake wake, int parent) {
    if (wake instanceof Wake.Completion completion) {
      listen(completion.action(), add(ONE, parent, 1));
    } else if (wake instanceof Wake.TimeLimit limit) {
      listen(limit.action(), add(TIME_LIMIT, parent, 1));
    } else if (wake instanceof Wake.Raised raised) {
      events.add(new RaisedLeaf(raised.event(), add(ONE, parent, raised.count())));
    } else if (wake instanceof Wake.Any any) {
      plantAll(any.parts(), add(ANY, parent, 1));
    } else if (wake instanceof Wake.All all) {
      byte kind = all.untilFailure() ? ALL_UNTIL_FAILURE : ALL;
      plantAll(all.parts(), add(kind, parent, all.parts().size()));
    }
  }

  private void plantAll(List<Wake> wakes, int parent) {
    for (int i = 0; i < wakes.size(); i++) {
      plant(wakes.get(i), parent);
    }
  }

  private int add(byte kind, int parent, int misses) {
    if (parts == kinds.length) {
      kinds = Arrays.copyOf(kinds, parts * 2);
      parents = Arrays.copyOf(parents, parts * 2);
      missing = Arrays.copyOf(missing, parts * 2);
    }
    kinds[parts] = kind;
    parents[parts] = parent;
    missing[parts] = misses;
    return parts++;
  }

  private void listen(int action, int part) {
    if (leafCount == leaves.length) {
      leaves = Arrays.copyOf(leaves, leafCount * 2);
    }
    leaves[leafCount++] = (long) action << 32 | part;
  }

  /** A part that raised events end. */
  private record RaisedLeaf(String event, int part) {}
}
