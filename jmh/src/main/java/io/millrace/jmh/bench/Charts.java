package io.millrace.jmh.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The charts of one suite's figures. */
final class Charts {

  private Charts() {}

  /**
   * One chart.
   *
   * @param title above it
   * @param file what it is called as a file
   * @param svg an XML document by itself
   */
  record Chart(String title, String file, String svg) {}

  /** Returns those for which there are figures. */
  static List<Chart> of(BenchReport.Part part) {
    List<Chart> charts = new ArrayList<>();
    for (ChartSpec spec : part.suite().charts()) {
      Pattern wanted = Pattern.compile(spec.benchmark());
      List<Figure> drawn =
          part.figures().stream().filter(f -> wanted.matcher(f.benchmark()).find()).toList();
      String svg = spec.along().isEmpty() ? BarChart.of(spec, drawn) : LineChart.of(spec, drawn);
      if (!svg.isEmpty()) {
        String file = part.suite().name() + "-" + (charts.size() + 1) + ".svg";
        charts.add(new Chart(spec.title(), file, svg));
      }
    }
    return List.copyOf(charts);
  }
}
