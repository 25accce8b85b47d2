package io.millrace.engine.internal.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can end a step when there are races: the end of a race cancels its other parts, so a step
 * can end by a message for another that only shares a race with it, also through further races.
 * Such races wake too. Those that stand in what is awaited and share nothing need no mention: what
 * they do is seen there. One turn's thread.
 */
final class RaceWakes {

  // Steps are equal to themselves alone. The order is that of the code, so that the same turn
  // always
  // says the same.

  private final Step<?> awaited;

  /** How often each single step stands in what is awaited. */
  private final Map<Step<?>, Integer> places = new LinkedHashMap<>();

  private final Set<RaceStep<?>> within = new LinkedHashSet<>();
  private final Map<Step<?>, List<RaceStep<?>>> outside = new LinkedHashMap<>();

  private RaceWakes(Step<?> awaited, List<RaceStep<?>> races) {
    this.awaited = awaited;
    visit(awaited);
    for (RaceStep<?> race : races) {
      if (!race.done() && !within.contains(race)) {
        index(race, race);
      }
    }
  }

  /** Returns what can end a step that is not done. */
  static Wake of(Step<?> awaited, List<RaceStep<?>> races) {
    Wake wake = awaited.wake();
    for (RaceStep<?> race : races) {
      if (!race.done()) {
        return new RaceWakes(awaited, races).with(wake);
      }
    }
    return wake;
  }

  private void visit(Step<?> step) {
    if (step.done()) {
      return;
    }
    if (step instanceof RaceStep<?> race && race.cancelsRest()) {
      within.add(race);
    }
    if (step instanceof Combination<?> combination) {
      combination.parts.forEach(this::visit);
    } else {
      places.merge(step, 1, Integer::sum);
    }
  }

  private void index(RaceStep<?> race, Step<?> step) {
    if (step instanceof Combination<?> combination) {
      combination.parts.forEach(part -> index(race, part));
    } else if (!step.done()) {
      outside.computeIfAbsent(step, ignored -> new ArrayList<>(1)).add(race);
    }
  }

  private Wake with(Wake own) {
    List<Wake> wakes = new ArrayList<>();
    wakes.add(own);
    for (RaceStep<?> race : within) {
      if (race != awaited && shares(race)) {
        wakes.add(race.wake());
      }
    }
    Set<Step<?>> reached = new LinkedHashSet<>();
    ArrayDeque<Step<?>> open = new ArrayDeque<>(places.keySet());
    while (!open.isEmpty()) {
      Step<?> step = open.poll();
      for (RaceStep<?> race : outside.getOrDefault(step, List.of())) {
        if (reached.add(race)) {
          wakes.add(race.wake());
          singles(race, open, reached);
        }
      }
    }
    return wakes.size() == 1 ? own : new Wake.Any(wakes);
  }

  private static void singles(Step<?> step, ArrayDeque<Step<?>> to, Set<Step<?>> reached) {
    if (step instanceof Combination<?> combination) {
      combination.parts.forEach(part -> singles(part, to, reached));
    } else if (!step.done() && reached.add(step)) {
      to.add(step);
    }
  }

  /** Tells whether a step of a race in what is awaited stands elsewhere too. */
  private boolean shares(Step<?> step) {
    if (step instanceof Combination<?> combination) {
      return combination.parts.stream().anyMatch(this::shares);
    }
    return !step.done() && (places.getOrDefault(step, 0) > 1 || outside.containsKey(step));
  }
}
