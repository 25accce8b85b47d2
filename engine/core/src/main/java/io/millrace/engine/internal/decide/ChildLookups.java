package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the ids that a turn's children want are taken by instances in the store. Only those that
 * the store may hold are looked up, one after the other; until the turn is decided nobody else can
 * take them (rule R19). Decide thread.
 */
final class ChildLookups {

  // written by: decide thread
  private Set<String> looked = Set.of();
  private Set<String> taken = Set.of();
  private List<Arrival> held = List.of();

  /** Returns the ids that are taken. */
  Set<String> taken() {
    return taken;
  }

  /**
   * Returns the next id that must be looked up, or null.
   *
   * @param asked the id that was looked up just now, or null
   * @param answer what was found
   */
  @Nullable String next(
      EngineState state,
      List<HistoryEvent.Action> actions,
      @Nullable String asked,
      @Nullable Arrival answer) {
    if (asked != null && answer != null && answer.failure() == null) {
      looked = with(looked, asked);
      InstanceRow row = answer.row();
      if (row != null && !state.isDeleted(row)) {
        taken = with(taken, asked);
      }
    }
    for (int i = 0; i < actions.size(); i++) {
      Object action = actions.get(i);
      if (action instanceof HistoryEvent.ChildScheduled child
          && !looked.contains(child.childId())
          && state.instance(child.childId()) == null
          && state.mayBeStored(child.childId())) {
        return child.childId();
      }
    }
    return null;
  }

  /** What was read stays as it is until {@link #letGo}. */
  void hold(Arrival arrival) {
    if (held.isEmpty()) {
      held = new ArrayList<>();
    }
    held.add(arrival);
  }

  /** The turn has been decided. */
  void letGo(EngineState state) {
    held.forEach(state.arrivals()::decided);
    held = List.of();
  }

  /** Most turns have no children, and their sets stay the one that is empty. */
  private static Set<String> with(Set<String> ids, String id) {
    Set<String> all = ids.isEmpty() ? new HashSet<>() : ids;
    all.add(id);
    return all;
  }
}
