package io.millrace.jmh.bench;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Finds figures, for targets. Immutable. */
public final class Find {

  private final String benchmark;
  private final Map<String, String> params;

  private Find(String benchmark, Map<String, String> params) {
    this.benchmark = benchmark;
    this.params = params;
  }

  /** Finds figures of one benchmark class. */
  public static Find of(Class<?> benchmark) {
    return new Find(benchmark.getSimpleName() + ".", Map.of());
  }

  /** Finds only those with a parameter. */
  public Find with(String name, String value) {
    Map<String, String> more = new TreeMap<>(params);
    more.put(name, value);
    return new Find(benchmark, Map.copyOf(more));
  }

  /** Returns the mean of a value of the first figure that matches; empty if there is none. */
  public OptionalDouble mean(List<Figure> figures, String label) {
    for (Figure figure : figures) {
      Figure.Value value = figure.value(label);
      if (value != null
          && figure.benchmark().startsWith(benchmark)
          && figure.params().entrySet().containsAll(params.entrySet())) {
        return OptionalDouble.of(value.mean());
      }
    }
    return OptionalDouble.empty();
  }
}
