package io.millrace.docs;

import io.millrace.buffer.metrics.Metric;
import io.millrace.engine.EngineMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The table of all metrics in {@code docs/metrics.md}; written anew by {@link #main}. */
final class MetricsPage {

  static final String PAGE = "docs/metrics.md";
  private static final String BEGIN = "<!-- metrics: made from the code by MetricsPage -->\n";
  private static final String END = "<!-- end of metrics -->\n";

  private MetricsPage() {}

  /** Returns the page with the table as the code has it. */
  static String made(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(PAGE + " lacks the marks around its table");
    }
    return page.substring(0, begin + BEGIN.length()) + table() + page.substring(end);
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder("| name | kind | unit | by | meaning |\n|---|---|---|---|---|\n");
    for (Metric metric : EngineMetrics.all()) {
      table
          .append("| `")
          .append(metric.name())
          .append("` | ")
          .append(metric.kind().name().toLowerCase(Locale.ROOT))
          .append(" | ")
          .append(metric.unit())
          .append(" | ")
          .append(metric.label())
          .append(" | ")
          .append(metric.meaning())
          .append(" |\n");
    }
    return table.toString();
  }

  /**
   * Writes the page anew.
   *
   * @param args the repository's folder
   */
  public static void main(String[] args) throws IOException {
    Path page = Path.of(args[0]).resolve(PAGE);
    String now = Files.readString(page);
    Files.writeString(page, made(now), StandardCharsets.UTF_8);
  }
}
