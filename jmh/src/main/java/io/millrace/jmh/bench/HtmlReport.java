package io.millrace.jmh.bench;

/** The report as one page that needs nothing else: styles and charts are in it. */
final class HtmlReport {

  private static final String STYLE =
      "body{font:15px/1.45 system-ui,sans-serif;margin:2em"
          + " auto;max-width:62em;color:#222}table{border-collapse:collapse;font-size:13px;margin:1em"
          + " 0}td,th{border-bottom:1px solid #ddd;padding:.25em"
          + " .7em;text-align:left}.missed{color:#fff;background:#c0202a;padding:.1em"
          + " .5em}.met{color:#18703a}.open{color:#666}svg{display:block;margin:1em"
          + " 0;max-width:100%}.wide{overflow-x:auto}";

  private final StringBuilder page = new StringBuilder();

  private HtmlReport() {}

  static String of(BenchReport report) {
    return new HtmlReport().write(report);
  }

  private String write(BenchReport report) {
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<title>Millrace bench</title><style>")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Millrace bench</h1>\n<table>");
    report
        .machine()
        .forEach(
            (name, value) ->
                page.append("<tr><th>")
                    .append(escape(name))
                    .append("</th><td>")
                    .append(escape(value))
                    .append("</td></tr>"));
    page.append("</table>\n");
    report.remarks().forEach(remark -> paragraph(remark));
    paragraph("Lines across bars and points are the least and the most of the iterations.");
    if (!report.verdicts().isEmpty()) {
      page.append("<h2>Targets</h2>\n");
      report.verdicts().forEach(this::verdict);
    }
    report.parts().forEach(this::write);
    return page.append("</body></html>\n").toString();
  }

  private void write(BenchReport.Part part) {
    page.append("<h2>").append(escape(part.suite().name())).append("</h2>\n");
    paragraph(part.suite().about());
    Charts.of(part).forEach(chart -> page.append(chart.svg()));
    Tables.of(part).forEach(this::table);
    part.remarks().forEach(this::paragraph);
    part.failures()
        .forEach(
            name ->
                page.append("<p><span class=\"missed\">FAILED</span> ")
                    .append(escape(name))
                    .append("; why: bench.log</p>\n"));
  }

  private void verdict(BenchReport.Verdict verdict) {
    page.append("<p><span class=\"")
        .append(verdict.met() ? "met" : verdict.missed() ? "missed" : "open")
        .append("\">")
        .append(verdict.word())
        .append("</span> ")
        .append(escape(verdict.words()))
        .append("</p>\n");
  }

  private void table(Tables.Table table) {
    page.append("<div class=\"wide\"><table><tr><th>what</th>");
    table.labels().forEach(label -> page.append("<th>").append(escape(label)).append("</th>"));
    page.append("</tr>\n");
    for (Figure figure : table.figures()) {
      page.append("<tr><td>").append(escape(figure.label(""))).append("</td>");
      for (String label : table.labels()) {
        page.append("<td>").append(escape(table.cell(figure, label))).append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</table></div>\n");
  }

  private void paragraph(String words) {
    page.append("<p>").append(escape(words)).append("</p>\n");
  }

  static String escape(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
