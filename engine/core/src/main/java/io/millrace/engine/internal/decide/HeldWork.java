package io.millrace.engine.internal.decide;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/** Turns and activities that are not let out while the pipeline lags too far. Decide thread. */
final class HeldWork {

  private final Outlet outlet;

  // written by: decide thread
  private final ArrayDeque<InstanceState> turns = new ArrayDeque<>();
  private final ArrayDeque<Activities> activities = new ArrayDeque<>();
  private boolean held;

  HeldWork(Outlet outlet) {
    this.outlet = outlet;
  }

  void hold(boolean now) {
    held = now;
  }

  boolean isHeld() {
    return held;
  }

  void add(InstanceState turn) {
    turns.add(turn);
  }

  /** Returns what may start with its decision; while all is held nothing, and it starts later. */
  List<ActivityWork> holdOrStart(List<ActivityWork> opened, long position) {
    if (!held || opened.isEmpty()) {
      return opened;
    }
    activities.add(new Activities(opened, position));
    return List.of();
  }

  /** Lets out activities whose decisions are durable, and hands over turns that were held. */
  void letGo(long durable, Consumer<? super InstanceState> release) {
    Activities first = activities.peek();
    while (first != null && first.position() <= durable) {
      activities.remove();
      first.works().forEach(this::start);
      first = activities.peek();
    }
    for (InstanceState turn = turns.poll(); turn != null; turn = turns.poll()) {
      release.accept(turn);
    }
  }

  private void start(ActivityWork work) {
    if (!work.isDropped()) {
      outlet.runActivity(work);
    }
  }

  private record Activities(List<ActivityWork> works, long position) {}
}
