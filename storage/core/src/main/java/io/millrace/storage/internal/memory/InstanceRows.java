package io.millrace.storage.internal.memory;

import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows of one instance. Like a tree's node: may be changed only in its own edition. */
final class InstanceRows {

  /** Which of an instance's trees. */
  enum Part {
    HISTORY,
    TASKS,
    TIMERS,
    INBOX,
    EXECUTIONS,
    ATTRIBUTES
  }

  private final long edition;

  /** Null where other rows name an instance that has none. */
  @Nullable InstanceRow row;

  /** Its place in the order of finishing, from 1; 0 while it has not. */
  long finishedAs;

  private @Nullable LongTree<Row> history;
  private @Nullable LongTree<Row> tasks;
  private @Nullable LongTree<Row> timers;
  private @Nullable LongTree<Row> inbox;
  private @Nullable LongTree<Row> executions;
  private @Nullable LongTree<Row> attributes;

  InstanceRows(long edition) {
    this.edition = edition;
  }

  /** Returns this if it may be changed in an edition, else a copy that may. */
  InstanceRows own(long wanted) {
    if (edition == wanted) {
      return this;
    }
    InstanceRows copy = new InstanceRows(wanted);
    copy.row = row;
    copy.finishedAs = finishedAs;
    copy.history = share(history);
    copy.tasks = share(tasks);
    copy.timers = share(timers);
    copy.inbox = share(inbox);
    copy.executions = share(executions);
    copy.attributes = share(attributes);
    return copy;
  }

  private static @Nullable LongTree<Row> share(@Nullable LongTree<Row> tree) {
    return tree == null ? null : tree.share();
  }

  /** Returns a part, null if it is empty. */
  @Nullable LongTree<Row> part(Part part) {
    return switch (part) {
      case HISTORY -> history;
      case TASKS -> tasks;
      case TIMERS -> timers;
      case INBOX -> inbox;
      case EXECUTIONS -> executions;
      case ATTRIBUTES -> attributes;
    };
  }

  private void set(Part part, @Nullable LongTree<Row> tree) {
    switch (part) {
      case HISTORY -> history = tree;
      case TASKS -> tasks = tree;
      case TIMERS -> timers = tree;
      case INBOX -> inbox = tree;
      case EXECUTIONS -> executions = tree;
      case ATTRIBUTES -> attributes = tree;
    }
  }

  void put(Part part, long key, Row value) {
    LongTree<Row> tree = part(part);
    if (tree == null) {
      tree = new LongTree<>();
      set(part, tree);
    }
    tree.put(key, value, edition);
  }

  void remove(Part part, long key) {
    LongTree<Row> tree = part(part);
    if (tree != null) {
      tree.remove(key, edition);
      if (tree.size() == 0) {
        set(part, null);
      }
    }
  }

  /** Removes the keys from {@code from} on and below {@code below}. */
  void removeRange(Part part, long from, long below) {
    LongTree<Row> tree = part(part);
    if (tree == null) {
      return;
    }
    List<Long> covered = new ArrayList<>();
    tree.ascend(from, (key, row) -> key < below && covered.add(key));
    if (covered.size() == tree.size()) {
      set(part, null);
    } else {
      covered.forEach(key -> remove(part, key));
    }
  }

  boolean isEmpty() {
    return row == null
        && history == null
        && tasks == null
        && timers == null
        && inbox == null
        && executions == null
        && attributes == null;
  }
}
