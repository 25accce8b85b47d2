package io.millrace.jmh.bench;

import java.util.List;

/** The report as Markdown. */
final class MarkdownReport {

  /** Where the charts lie that the text shows, beside it. */
  static final String FOLDER = "charts";

  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String of(BenchReport report) {
    return new MarkdownReport().write(report);
  }

  private String write(BenchReport report) {
    line("# Millrace bench");
    line("");
    line("| | |");
    line("|---|---|");
    report.machine().forEach((name, value) -> line("| " + name + " | " + value + " |"));
    line("");
    report.remarks().forEach(remark -> line("- " + remark));
    line(
        "Spread is the least and the most of the iterations. How to read this:"
            + " docs/performance.md.");
    targets(report.verdicts());
    for (BenchReport.Part part : report.parts()) {
      write(part);
    }
    return text.toString();
  }

  private void targets(List<BenchReport.Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return;
    }
    line("");
    line("## Targets");
    line("");
    for (BenchReport.Verdict verdict : verdicts) {
      String word = verdict.missed() ? "**" + verdict.word() + "**" : verdict.word();
      line("- " + word + ": " + verdict.words());
    }
  }

  private void write(BenchReport.Part part) {
    line("");
    line("## " + part.suite().name());
    line("");
    line(part.suite().about());
    line("");
    Charts.of(part)
        .forEach(chart -> line("![" + chart.title() + "](" + FOLDER + "/" + chart.file() + ")\n"));
    Tables.of(part).forEach(this::write);
    part.remarks().forEach(remark -> line("- " + remark));
    part.failures().forEach(name -> line("- **FAILED**: " + name + "; why: bench.log"));
  }

  private void write(Tables.Table table) {
    line("| what | " + String.join(" | ", table.labels()) + " |");
    line("|---|" + "---|".repeat(table.labels().size()));
    for (Figure figure : table.figures()) {
      StringBuilder row = new StringBuilder("| " + figure.label("") + " | ");
      for (String label : table.labels()) {
        row.append(table.cell(figure, label)).append(" | ");
      }
      line(row.toString().strip());
    }
    line("");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
