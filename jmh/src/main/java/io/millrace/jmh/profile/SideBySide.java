package io.millrace.jmh.profile;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The page that shows two runs beside each other, graph against graph. */
final class SideBySide {

  private static final String STYLE =
      "body{font:15px/1.45 system-ui,sans-serif;margin:1.5em;color:#222}"
          + ".pair{display:grid;grid-template-columns:1fr 1fr;gap:1em}"
          + "iframe{width:100%;height:70vh;border:1px solid #ccc}"
          + "table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:left}";

  private SideBySide() {}

  /** Returns the name of the file with a run's graph of processor time. */
  static String cpu(Profiled run) {
    return run.name() + "-cpu.html";
  }

  /** Returns the name of the file with a run's graph of allocations. */
  static String allocations(Profiled run) {
    return run.name() + "-alloc.html";
  }

  static String page(List<Profiled> runs) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<title>Millrace profile</title><style>")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Millrace profile</h1>\n<table><tr><th>run</th>")
        .append("<th>orch/s</th><th>CPU us each</th><th>bytes allocated each</th></tr>\n");
    for (Profiled run : runs) {
      page.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s</td><td>%,.0f</td><td>%,.1f</td><td>%,.0f</td></tr>%n",
              run.title(),
              run.perSecond(),
              run.cpuMicros(),
              run.allocatedBytes()));
    }
    page.append(
            "</table>\n<p>Java frames, sampled by the JVM's flight recorder; time inside SQLite")
        .append(" and the kernel is not in the graphs, but in the processor time above.</p>\n");
    pair(page, "Processor time", runs, SideBySide::cpu);
    pair(page, "Allocations", runs, SideBySide::allocations);
    return page.append("</body></html>\n").toString();
  }

  private static void pair(
      StringBuilder page, String heading, List<Profiled> runs, Function<Profiled, String> file) {
    page.append("<h2>").append(heading).append("</h2>\n<div class=\"pair\">");
    for (Profiled run : runs) {
      page.append("<div><p>")
          .append(run.title())
          .append(" (<a href=\"")
          .append(file.apply(run))
          .append("\">by itself</a>)</p><iframe title=\"")
          .append(heading)
          .append(", ")
          .append(run.name())
          .append("\" src=\"")
          .append(file.apply(run))
          .append("\"></iframe></div>");
    }
    page.append("</div>\n");
  }
}
