package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.HistoryEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the messages of a waiting execution and tells when they fulfil its {@link Wake}. The cost
 * of a message does not grow with the number of actions awaited. Confined to one thread.
 */
public final class WakeWatch {

  private final Node root;

  /** By action; null when the root is the only leaf. */
  private final @Nullable Map<Integer, List<Node>> byAction;

  private final List<Node> events;

  // written by: the owner's thread
  private boolean fulfilled;

  /** Follows one from now on: feed it what is in the inbox, then what arrives. */
  public WakeWatch(Wake wake) {
    boolean single = wake instanceof Wake.Completion;
    this.byAction = single ? null : new HashMap<>();
    this.events = single ? List.of() : new ArrayList<>(0);
    this.root = plant(wake, null);
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
    if (byAction == null) {
      fulfilled |= root.wake instanceof Wake.Completion one && one.action() == action;
      return;
    }
    List<Node> leaves = byAction.remove(action);
    if (leaves != null) {
      for (Node leaf : leaves) {
        satisfy(leaf, failed || leaf.wake instanceof Wake.TimeLimit);
      }
    }
  }

  private void raised(String event) {
    for (Node leaf : events) {
      if (leaf.missing > 0
          && leaf.wake instanceof Wake.Raised raised
          && raised.event().equals(event)) {
        leaf.missing--;
        if (leaf.missing == 0) {
          satisfy(leaf, false);
        }
      }
    }
  }

  /** Tells a node's parents, up to the first that still misses something. */
  private void satisfy(Node from, boolean failed) {
    Node node = from;
    node.missing = 0;
    while (node.parent != null) {
      Node parent = node.parent;
      if (parent.missing == 0) {
        return;
      }
      boolean enough =
          parent.wake instanceof Wake.Any
              || (failed && parent.wake instanceof Wake.All all && all.untilFailure());
      parent.missing = enough ? 0 : parent.missing - 1;
      if (parent.missing > 0) {
        return;
      }
      node = parent;
    }
    fulfilled = true;
  }

  private Node plant(Wake wake, @Nullable Node parent) {
    Node node = new Node(wake, parent);
    if (wake instanceof Wake.Completion completion) {
      listen(completion.action(), node);
    } else if (wake instanceof Wake.TimeLimit limit) {
      listen(limit.action(), node);
    } else if (wake instanceof Wake.Raised raised) {
      node.missing = raised.count();
      events.add(node);
    } else if (wake instanceof Wake.Any any) {
      any.parts().forEach(part -> plant(part, node));
    } else if (wake instanceof Wake.All all) {
      node.missing = all.parts().size();
      all.parts().forEach(part -> plant(part, node));
    }
    return node;
  }

  private void listen(int action, Node node) {
    if (byAction != null) {
      byAction.computeIfAbsent(action, ignored -> new ArrayList<>(1)).add(node);
    }
  }

  /** A part, and how many things it still misses. */
  private static final class Node {
    final Wake wake;
    final @Nullable Node parent;
    // written by: the owner's thread
    int missing = 1;

    Node(Wake wake, @Nullable Node parent) {
      this.wake = wake;
      this.parent = parent;
    }
  }
}
