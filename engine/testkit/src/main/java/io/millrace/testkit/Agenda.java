package io.millrace.testkit;

import io.millrace.engine.internal.runtime.Conductor.Work;
import java.util.Collection;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an engine has under way, and what of it may begin next: commands before turns, turns before
 * activities, and among equals the one that came first. Guarded by its owner's lock.
 */
final class Agenda {

  private final IdentityHashMap<Object, Item> items = new IdentityHashMap<>();
  private final Map<Work, Integer> open = new EnumMap<>(Work.class);
  private long arrivals;

  void add(Work work, Object what) {
    Item item = items.get(what);
    if (item == null) {
      items.put(what, new Item(work, ++arrivals));
    } else {
      // Handed over again before its end was told: it has to end as often.
      item.times++;
    }
    open.merge(work, 1, Integer::sum);
  }

  void remove(Object what) {
    Item item = items.get(what);
    if (item != null) {
      open.merge(item.work, -1, Integer::sum);
      item.times--;
      item.state = State.WAITING;
      item.thread = null;
      if (item.times == 0) {
        items.remove(what);
      }
    }
  }

  @Nullable Item find(Object what) {
    return items.get(what);
  }

  /** Returns what a thread is doing. */
  @Nullable Item find(Thread thread) {
    return items.values().stream().filter(item -> item.thread == thread).findFirst().orElse(null);
  }

  void clear() {
    items.clear();
    open.clear();
  }

  /** Tells whether all that is under way waits for the clock. */
  boolean isIdle() {
    return items.values().stream().allMatch(item -> item.state == State.SUSPENDED);
  }

  boolean mayBegin(Item item) {
    return switch (item.work) {
      case COMMAND, LOAD, CALLBACK -> true;
      case TURN -> none(Work.COMMAND, Work.LOAD, Work.CALLBACK) && isFirst(item);
      case ACTIVITY -> none(Work.COMMAND, Work.LOAD, Work.CALLBACK, Work.TURN) && isFirst(item);
    };
  }

  private boolean none(Work... kinds) {
    for (Work work : kinds) {
      if (open.getOrDefault(work, 0) > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * While none sleeps, every pool has a thread free, so all that arrived come to the gate: the
   * first goes first. Behind one that sleeps others of its pool may never come: they are not waited
   * for.
   */
  private boolean isFirst(Item item) {
    Collection<Item> all = items.values();
    boolean anySleeps = all.stream().anyMatch(other -> other.state == State.SUSPENDED);
    for (Item other : all) {
      if (other.work == item.work && other != item) {
        boolean before = other.arrival < item.arrival && (other.isAtTheGate() || !anySleeps);
        if (other.state == State.RUNNING || (other.state == State.WAITING && before)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns what is under way, a line each, with the place where its thread stands. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("under way:");
    items.forEach(
        (what, item) -> {
          text.append("\n  ").append(item.work).append(' ').append(item.state).append(' ');
          text.append(what.getClass().getSimpleName());
          Thread thread = item.thread;
          if (thread != null) {
            text.append(" on ").append(thread.getName());
            StackTraceElement[] stack = thread.getStackTrace();
            for (int i = 0; i < Math.min(stack.length, 8); i++) {
              text.append("\n      at ").append(stack[i]);
            }
          }
        });
    return text.toString();
  }

  private enum State {
    WAITING,
    RUNNING,
    SUSPENDED
  }

  /** One of them. */
  static final class Item {
    private final Work work;
    private final long arrival;
    private int times = 1;
    private State state = State.WAITING;
    private @Nullable Thread thread;
    private boolean toldToEnd;

    private Item(Work work, long arrival) {
      this.work = work;
      this.arrival = arrival;
    }

    private boolean isAtTheGate() {
      return thread != null;
    }

    void atTheGate(Thread by) {
      thread = by;
    }

    void begun() {
      state = State.RUNNING;
    }

    void suspend() {
      state = State.SUSPENDED;
    }

    void resume() {
      state = State.WAITING;
    }

    void tellToEnd() {
      toldToEnd = true;
    }

    boolean takeToldToEnd() {
      boolean told = toldToEnd;
      toldToEnd = false;
      return told;
    }
  }
}
