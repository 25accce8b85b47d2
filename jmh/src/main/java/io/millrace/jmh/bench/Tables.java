package io.millrace.jmh.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A suite's figures as tables: one for each benchmark, with the values that it has. */
final class Tables {

  private Tables() {}

  /**
   * One table.
   *
   * @param labels of the values, from left to right
   * @param figures from top to bottom
   */
  record Table(List<String> labels, List<Figure> figures) {

    /** Returns what stands in a cell, empty if it was not measured. */
    String cell(Figure figure, String label) {
      Figure.Value value = figure.value(label);
      return value == null ? "" : Numbers.of(value);
    }
  }

  static List<Table> of(BenchReport.Part part) {
    Map<String, List<Figure>> benchmarks = new LinkedHashMap<>();
    for (Figure figure : part.figures()) {
      benchmarks.computeIfAbsent(figure.benchmark(), key -> new ArrayList<>()).add(figure);
    }
    return benchmarks.values().stream().map(Tables::table).toList();
  }

  private static Table table(List<Figure> figures) {
    Set<String> labels = new LinkedHashSet<>();
    for (Figure figure : figures) {
      for (String label : figure.values().keySet()) {
        // Of what the collector counts, only what an operation allocates.
        if (!label.startsWith("gc.") || label.equals("gc.alloc.rate.norm")) {
          labels.add(label);
        }
      }
    }
    return new Table(List.copyOf(labels), List.copyOf(figures));
  }
}
