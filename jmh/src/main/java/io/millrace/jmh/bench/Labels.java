package io.millrace.jmh.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Names the figures of one chart by what differs between them. */
final class Labels {

  private final Set<String> differing;
  private final boolean methodsDiffer;

  /**
   * Makes names.
   *
   * @param without a parameter that stands on the axis; empty for none
   */
  Labels(List<Figure> figures, String without) {
    Set<String> names = new TreeSet<>();
    Set<String> methods = new HashSet<>();
    for (Figure figure : figures) {
      names.addAll(figure.params().keySet());
      methods.add(figure.benchmark());
    }
    names.remove(without);
    names.removeIf(name -> values(figures, name).size() == 1);
    differing = Set.copyOf(names);
    methodsDiffer = methods.size() > 1;
  }

  private static Set<String> values(List<Figure> figures, String name) {
    Set<String> values = new HashSet<>();
    for (Figure figure : figures) {
      values.add(figure.params().getOrDefault(name, ""));
    }
    return values;
  }

  String of(Figure figure) {
    List<String> words = new ArrayList<>();
    if (methodsDiffer || differing.isEmpty()) {
      words.add(figure.benchmark().substring(figure.benchmark().indexOf('.') + 1));
    }
    for (Map.Entry<String, String> param : figure.params().entrySet()) {
      if (differing.contains(param.getKey())) {
        words.add(param.getKey() + " " + param.getValue());
      }
    }
    return String.join(", ", words);
  }
}
